export { createHealth } from './create-health.ts';
export { HealthOptionsError, type HealthOptionsProblem } from './health-options-error.ts';
export type { Check, CheckFailure, HealthOptions, Objectives } from './health-options.ts';
export type { HealthDocument, HealthMeasurement, HealthStatus } from './health-document.ts';
export type { Health } from './health.ts';
export type { CacheClass, RequestMarks } from './request-marks.ts';
