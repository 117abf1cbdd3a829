// What the settings of jobs do in a real BullMQ on a real Redis: how often a job is tried, how many run at once, and
// what becomes of a job whose worker died.
import { describeRedis, type RedisServer, startRedis } from '@seaworthy/test-servers';
import { Queue, Worker, type Job } from 'bullmq';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';

import { toBullMq } from '../adapters/to-bull-mq.ts';
import { jobs } from '../groups/jobs.ts';
import { patience } from '../testing/raw-connection.ts';
import { loadGroup } from '../testing/shipped-groups.ts';

type Env = Readonly<Record<string, string>>;
type Run = (job: Job) => Promise<unknown>;

const fail: Run = () => Promise.reject(new Error('not today'));

describeRedis('on a Redis', { timeout: 60_000 }, () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({ 'maxmemory-policy': jobs.settings.maxmemoryPolicy.written.default ?? '' });
  });
  afterAll(() => server.stop());

  /** A queue of its own, whose jobs have these settings. */
  function createQueue(name: string, env: Env): Queue {
    const defaultJobOptions = toBullMq(loadGroup(jobs, env)).job;
    const queue = new Queue(name, { connection: server.connection, defaultJobOptions });
    queue.on('error', () => undefined);
    onTestFinished(() => queue.close());
    return queue;
  }
  function createWorker(name: string, env: Env, run: Run): Worker {
    const connection = { ...server.connection, maxRetriesPerRequest: null };
    const worker = new Worker(name, run, { connection, ...toBullMq(loadGroup(jobs, env)).worker });
    worker.on('error', () => undefined);
    onTestFinished(() => worker.close(true));
    return worker;
  }

  it('a job that fails is tried as often as the settings say, with a pause that doubles', async () => {
    const env = { JOBS_ATTEMPTS: '3', JOBS_BACKOFF_BASE: '100ms', JOBS_BACKOFF_JITTER: '0' };
    const queue = createQueue('fails', env);
    const pauses: number[] = [];
    createWorker('fails', env, fail).on('failed', (job) => pauses.push(job?.delay ?? 0));
    const { id } = await queue.add('import', {});
    await expect.poll(() => queue.getFailedCount(), patience).toBe(1);
    expect(await queue.getJob(id ?? '')).toMatchObject({ attemptsMade: 3, failedReason: 'not today' });
    await expect.poll(() => pauses, patience).toEqual([100, 200, 0]);
  });

  it('a pause is drawn between what the jitter leaves of it and all of it', async () => {
    const env = { JOBS_ATTEMPTS: '2', JOBS_BACKOFF_BASE: '100ms', JOBS_BACKOFF_JITTER: '0.5' };
    const queue = createQueue('jitter', env);
    const pauses: number[] = [];
    createWorker('jitter', env, fail).on('failed', (job) => {
      if (job?.attemptsMade === 1) pauses.push(job.delay);
    });
    await queue.addBulk(Array.from({ length: 20 }, () => ({ name: 'import', data: {} })));
    await expect.poll(() => queue.getFailedCount(), patience).toBe(20);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(50);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(100);
    expect(new Set(pauses).size).toBeGreaterThan(1);
  });

  it('as many jobs run at once as the settings say', async () => {
    const env = { JOBS_CONCURRENCY: '3' };
    const queue = createQueue('busy', env);
    await queue.addBulk(Array.from({ length: 9 }, () => ({ name: 'import', data: {} })));
    let [running, most] = [0, 0];
    createWorker('busy', env, async () => {
      most = Math.max(most, (running += 1));
      await expect.poll(() => most, patience).toBe(3);
      running -= 1;
    });
    await expect.poll(() => queue.getCompletedCount(), patience).toBe(9);
    expect(most).toBe(3);
  });

  it.each([
    { stalls: '0', runs: 1 },
    { stalls: '1', runs: 2 },
  ])('a job whose worker died is given to another $stalls time(s), then it has failed', async ({ stalls, runs }) => {
    const env = { JOBS_LOCK_DURATION: '1s', JOBS_STALLED_INTERVAL: '1s', JOBS_MAX_STALLED_COUNT: stalls };
    const name = `stalls-${stalls}`;
    const queue = createQueue(name, env);
    await queue.add('import', {});
    let started = 0;
    const dies = () => {
      const worker: Worker = createWorker(name, env, () => {
        started += 1;
        // The lock is never renewed again, as if the process were gone.
        void worker.close(true);
        return new Promise(() => undefined);
      });
    };
    for (let run = 0; run < runs; run += 1) {
      dies();
      // oxlint-disable-next-line no-await-in-loop -- each worker dies before the next one starts
      await expect.poll(() => started, patience).toBe(run + 1);
    }
    createWorker(name, env, () => Promise.resolve((started += 1)));
    await expect.poll(() => queue.getFailedCount(), patience).toBe(1);
    expect((await queue.getFailed())[0]?.failedReason).toBe('job stalled more than allowable limit');
    expect(started).toBe(runs);
  });
});
