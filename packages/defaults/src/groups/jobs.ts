import { defineDefaults } from '../declare/define-defaults.ts';
import { lazyGroup } from '../declare/lazy-group.ts';

import { jobsQueue } from './jobs-queue.ts';
import { jobsWorker } from './jobs-worker.ts';

function jobsSettings() {
  return { ...jobsWorker(), ...jobsQueue() };
}

/**
 * How often a job is tried, when its worker counts as lost, and how long a queue keeps what nobody could do.
 *
 * @example
 * ```ts
 * import { jobs, loadSettings } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ jobs }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * if (settings.jobs.attempts < 2) throw new Error('one failure in passing would lose a job');
 * ```
 */
export const jobs = /* @__PURE__ */ lazyGroup(() =>
  defineDefaults('jobs', 'JOBS_', jobsSettings(), [
    {
      says: 'concurrency at most the poolMax of postgres',
      left: 'concurrency',
      relation: '<=',
      right: 'postgres.poolMax',
      fix: 'lower JOBS_CONCURRENCY, or raise DATABASE_POOL_MAX: a job without a connection only waits',
    },
    {
      says: 'VisibilityTimeout at least 6 times the longest job',
      left: 'visibilityTimeoutMs',
      relation: '>=',
      right: { product: [6, 'longestJobMs'] },
      fix: 'raise VisibilityTimeout of the queue, or split the longest job: a message must not come back while its job runs',
    },
    {
      says: 'retention of the dead-letter queue longer than that of the queue',
      left: 'deadLetterRetentionMs',
      relation: '>',
      right: 'retentionMs',
      fix: 'raise MessageRetentionPeriod of the dead-letter queue: a message keeps the age it had in the first queue',
    },
  ]),
);
