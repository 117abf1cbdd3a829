// The sources, not the package: what is measured is what stands beside it.
export { judgeDeployment } from '../../packages/healthcheck/src/verdict/judge-deployment.ts';
export type { DeployVerdict, VerdictWord } from '../../packages/healthcheck/src/verdict/judge-deployment.ts';
export type { MinuteRecord } from '../../packages/healthcheck/src/recording/minute-record.ts';
export { bucketCount, bucketOf, lowerEdge } from '../../packages/healthcheck/src/recording/log-linear-histogram.ts';
