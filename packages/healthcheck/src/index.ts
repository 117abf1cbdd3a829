// What a service creates, and what it hands to it.
export { createHealth } from './create-health.ts';
export type { Check, CheckFailure, CheckGate, HealthOptions, Objectives } from './health-options.ts';
export type { Health } from './health.ts';

// What is known at one moment.
export type { CheckSnapshot, HealthSnapshot } from './health-snapshot.ts';
export type { JobOutcome, JobTotals } from './jobs/job-totals.ts';
export type { LogLinearHistogram } from './recording/log-linear-histogram.ts';
export type { CacheClass, RequestMarks } from './recording/request-marks.ts';
export type { RequestSeries } from './recording/request-series.ts';
export type { Traffic } from './recording/traffic.ts';

// What is served.
export type {
  HealthAnswers,
  HealthDocument,
  HealthHistograms,
  HealthMeasurement,
  HealthNumbers,
  HealthStatus,
} from './serve/health-document.ts';
export { type ManagementServerOptions, startManagementServer } from './serve/start-management-server.ts';

// Did the last deployment change anything?
export { fileHistory, type FileHistoryOptions } from './history/file-history.ts';
export type { History } from './history/history.ts';
export {
  type PostgresHistory,
  postgresHistory,
  type PostgresHistoryOptions,
  type QueryPool,
} from './history/postgres-history.ts';
export type { MinuteRecord, MinuteStratum } from './recording/minute-record.ts';
export {
  type DeploymentInput,
  type DeployNumbers,
  type DeploySide,
  type DeployTest,
  type DeployVerdict,
  judgeDeployment,
  type MeasureKind,
  type SmallestChange,
  type TooFew,
  type VerdictWord,
} from './verdict/judge-deployment.ts';

// Starting and going away.
export { gracefulShutdown, type GracefulShutdown, type GracefulShutdownOptions } from './shutdown/graceful-shutdown.ts';
export { listenTarget } from './shutdown/listen-target.ts';
export { notifyReady } from './shutdown/notify-ready.ts';

// What goes wrong.
export { HealthError, type HealthProblem } from './errors/health-error.ts';
export { type HealthErrorCode, healthErrorCodes } from './errors/health-error-codes.ts';
