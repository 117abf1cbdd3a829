import type { Values } from '../declare/group.ts';
import type { jobs } from '../groups/jobs.ts';

type JobsValues = Values<(typeof jobs)['settings']>;

/** The options of `bullmq` that these settings decide. */
export interface BullMqOptions {
  /** For `new Worker(name, run, { connection, ...worker })`. */
  readonly worker: {
    readonly concurrency: number;
    readonly lockDuration: number;
    readonly stalledInterval: number;
    readonly maxStalledCount: number;
  };
  /** For `new Queue(name, { connection, defaultJobOptions: job })`. */
  readonly job: {
    readonly attempts: number;
    readonly backoff: { readonly type: 'exponential'; readonly delay: number; readonly jitter: number };
  };
}

/**
 * Turns loaded settings into the options of a worker of `bullmq` and of the jobs its queue takes.
 *
 * BullMQ tries a job once unless told otherwise. Its connection is not the one of the cache: a worker demands
 * `maxRetriesPerRequest: null`.
 *
 * @example
 * ```ts
 * import { jobs, loadSettings, toBullMq } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ jobs }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * if (toBullMq(settings.jobs).job.attempts !== 5) throw new Error('expected the default');
 * ```
 */
export function toBullMq(settings: JobsValues): BullMqOptions {
  return {
    worker: {
      concurrency: settings.concurrency,
      lockDuration: settings.lockDurationMs,
      stalledInterval: settings.stalledIntervalMs,
      maxStalledCount: settings.maxStalledCount,
    },
    job: {
      attempts: settings.attempts,
      backoff: { type: 'exponential', delay: settings.backoffBaseMs, jitter: settings.backoffJitter },
    },
  };
}
