// Queues that deliver a job twice: it runs once.
import {
  describePostgres,
  describeRedis,
  openPool,
  type PostgresServer,
  type RedisServer,
  startPostgres,
  startRedis,
} from '@seaworthy/test-servers';
import { Queue, Worker } from 'bullmq';
import type { Pool } from 'pg';
import { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';

import { job, JobError, migrate, postgresStore, memoryStore } from './index.ts';

const patience = { timeout: 40_000, interval: 50 };

describePostgres('pg-boss on a real PostgreSQL', { timeout: 120_000 }, () => {
  let server: PostgresServer;
  let pool: Pool;
  beforeAll(async () => {
    server = await startPostgres();
    pool = openPool(server);
  }, 120_000);
  afterAll(async () => {
    await pool.end();
    await server.stop();
  });

  it('delivers the same order twice: it is imported once, also when the first delivery breaks off', async () => {
    const store = postgresStore({ pool });
    await migrate(store);
    await pool.query('CREATE TABLE orders (number text)');
    const boss = new PgBoss({ ...server.connection, schema: 'boss' });
    boss.on('error', () => undefined);
    await boss.start();
    onTestFinished(() => boss.stop({ graceful: false }));
    await boss.createQueue('orders', { retryLimit: 3, retryDelay: 1 });
    const ends: string[] = [];
    let breaksOff = true;
    await boss.work<{ number: string }>('orders', { pollingIntervalSeconds: 0.5 }, async ([delivered]) => {
      const { number } = delivered?.data ?? { number: '' };
      const { outcome } = await job(
        { name: 'order', key: number, input: { number }, store },
        async ({ cursor, commit }) => {
          if (cursor === undefined) {
            await commit(
              async (client) => {
                await client.query('INSERT INTO orders VALUES ($1)', [number]);
                return 'written';
              },
              { rows: 1 },
            );
          }
          if (breaksOff) {
            breaksOff = false;
            throw new Error('broken off');
          }
        },
      );
      ends.push(outcome);
    });
    await boss.send('orders', { number: 'A-1' });
    await boss.send('orders', { number: 'A-1' });
    await expect.poll(() => ends.length, patience).toBe(2);
    expect(ends.toSorted()).toEqual(['skipped', 'succeeded']);
    expect((await pool.query('SELECT number FROM orders')).rows).toEqual([{ number: 'A-1' }]);
  });
});

describeRedis('BullMQ on a real Redis', { timeout: 120_000 }, () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({ 'maxmemory-policy': 'noeviction' });
  });
  afterAll(() => server.stop());

  it('delivers the same order twice at once: one runs, the other waits for its turn and is skipped', async () => {
    const store = memoryStore();
    const queue = new Queue('orders', { connection: server.connection });
    queue.on('error', () => undefined);
    onTestFinished(() => queue.close());
    const runs: string[] = [];
    const ends: string[] = [];
    const gate = Promise.withResolvers<void>();
    const refused: string[] = [];
    const worker = new Worker<{ number: string }>(
      'orders',
      async ({ data: { number } }) => {
        try {
          const { outcome } = await job({ name: 'order', key: number, input: { number }, store }, async () => {
            runs.push(number);
            await gate.promise;
          });
          ends.push(outcome);
        } catch (error) {
          if (error instanceof JobError) refused.push(error.code);
          throw error;
        }
      },
      { connection: { ...server.connection, maxRetriesPerRequest: null }, concurrency: 2 },
    );
    worker.on('error', () => undefined);
    onTestFinished(() => worker.close(true));
    const options = { attempts: 50, backoff: { type: 'fixed', delay: 100 } };
    await queue.add('order', { number: 'A-1' }, options);
    await queue.add('order', { number: 'A-1' }, options);
    await expect.poll(() => refused.length, patience).toBeGreaterThan(0);
    gate.resolve();
    await expect.poll(() => ends.length, patience).toBe(2);
    expect(ends.toSorted()).toEqual(['skipped', 'succeeded']);
    expect(runs).toEqual(['A-1']);
    expect(new Set(refused)).toEqual(new Set(['JOB_RUNNING']));
  });
});
