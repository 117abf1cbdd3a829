import { count } from '../kinds/count.ts';
import { duration } from '../kinds/duration.ts';
import { oneOf } from '../kinds/one-of.ts';
import { ratio } from '../kinds/ratio.ts';

import { evictionPolicies } from './eviction-policies.ts';
import { serviceOwner } from './service-owner.ts';
import * as wayBack from './way-back.ts';

/** A worker and its jobs: tries, pauses, locks, how many at once, and the Redis they live in. */
export function jobsWorker() {
  return {
    attempts: count({
      env: 'JOBS_ATTEMPTS',
      default: 5,
      min: 1,
      max: 100,
      owner: serviceOwner,
      reason:
        'a failure in passing must not lose a job: five tries with pauses of 15s in all at most; a job must be safe to run twice; BullMQ tries once',
      expect: 'few jobs need a second try, and only those that cannot succeed end as failed',
      rollback: `${wayBack.unset('JOBS_ATTEMPTS')}; jobs in the queue keep the number they were added with`,
      source: 'https://docs.bullmq.io/guide/retrying-failing-jobs',
    }),
    backoffBaseMs: duration({
      env: 'JOBS_BACKOFF_BASE',
      default: '1s',
      min: '10ms',
      max: '1h',
      owner: serviceOwner,
      reason:
        'the pause before the second try; it doubles each time: 1s, 2s, 4s, 8s; BullMQ tries again without any pause',
      expect: 'a callee that is down for up to 7s costs no failed job',
      rollback: `${wayBack.unset('JOBS_BACKOFF_BASE')}; jobs in the queue keep the pause they were added with`,
      source: 'https://docs.bullmq.io/guide/retrying-failing-jobs',
    }),
    backoffJitter: ratio({
      env: 'JOBS_BACKOFF_JITTER',
      default: 0.5,
      min: 0,
      max: 1,
      owner: serviceOwner,
      reason:
        'draws each pause between half of it and all of it, so that jobs that failed together do not come back together; BullMQ has 0',
      expect: 'after an outage failed jobs come back spread out, not in waves',
      rollback: `${wayBack.unset('JOBS_BACKOFF_JITTER')}; jobs in the queue keep the share they were added with`,
      source: 'https://docs.bullmq.io/guide/retrying-failing-jobs',
    }),
    lockDurationMs: duration({
      env: 'JOBS_LOCK_DURATION',
      default: '30s',
      min: '1s',
      max: '10m',
      owner: serviceOwner,
      reason:
        'a worker that does not renew its lock for 30s counts as lost; it renews at half of it, so a job may run for hours, and one that computes must pause to let it; the default of BullMQ, stated',
      expect: 'no job is reported as stalled while its worker is alive',
      rollback: wayBack.unset('JOBS_LOCK_DURATION'),
      source: 'https://docs.bullmq.io/guide/jobs/stalled',
    }),
    stalledIntervalMs: duration({
      env: 'JOBS_STALLED_INTERVAL',
      default: '30s',
      min: '1s',
      max: '10m',
      owner: serviceOwner,
      reason: 'how often a worker looks for jobs whose lock has run out; the default of BullMQ, stated',
      expect: 'the job of a worker that died runs again within about a minute',
      rollback: wayBack.unset('JOBS_STALLED_INTERVAL'),
      source: 'https://docs.bullmq.io/guide/jobs/stalled',
    }),
    maxStalledCount: count({
      env: 'JOBS_MAX_STALLED_COUNT',
      default: 1,
      min: 0,
      max: 10,
      owner: serviceOwner,
      reason:
        'a job whose worker died twice probably kills it, so it ends as failed instead of killing the next; the default of BullMQ, stated',
      expect: 'a deadly job ends as failed after its second worker, with the words stalled more than allowable limit',
      rollback: wayBack.unset('JOBS_MAX_STALLED_COUNT'),
      source: 'https://docs.bullmq.io/guide/jobs/stalled',
    }),
    concurrency: count({
      env: 'JOBS_CONCURRENCY',
      default: 10,
      min: 1,
      max: 1_000,
      owner: serviceOwner,
      reason:
        'jobs that wait for the network can share a process, one database connection each; for jobs that compute set 1 and add processes; BullMQ runs 1',
      expect: 'the queue empties, and in a process that only runs jobs none waits for a connection',
      rollback: wayBack.unsetTogether('JOBS_CONCURRENCY'),
      source: 'https://docs.bullmq.io/guide/workers/concurrency',
    }),
    maxmemoryPolicy: oneOf(evictionPolicies, {
      appliesTo: 'redis-server',
      parameter: 'maxmemory-policy',
      default: 'noeviction',
      owner: serviceOwner,
      reason:
        'every other policy drops jobs when memory is full, without a word; so jobs and cache need two Redis servers; the default of Redis, stated',
      expect: 'evicted_keys of INFO stays 0; a full server refuses new jobs, which the log shows',
      rollback: `there is none to a policy that drops jobs: a full server is given room with CONFIG SET maxmemory SIZE, and a changed policy is set back with CONFIG SET maxmemory-policy noeviction; both act at once; ${wayBack.keepInRedis}`,
      source: 'https://docs.bullmq.io/guide/going-to-production',
    }),
  };
}
