import { describePostgres, openPool, type PostgresServer, startPostgres } from '@seaworthy/test-servers';
import type { Pool, PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { job, type JobError, type JobRun, migrate, type PostgresClient, postgresStore, prune } from '../../index.ts';

type Run = JobRun<PoolClient, number>;

describePostgres('on a real PostgreSQL', () => {
  let server: PostgresServer;
  let pool: Pool;
  let opened = 0;
  beforeAll(async () => {
    server = await startPostgres();
    pool = openPool(server);
    await pool.query('CREATE TABLE lines (key text, line integer, PRIMARY KEY (key, line))');
  }, 120_000);
  afterAll(async () => {
    await pool.end();
    await server.stop();
  });

  async function prepared(from: Pool = pool) {
    const key = `orders-${(opened += 1)}.csv`;
    const table = `jobs ${opened} "?"`;
    const store = postgresStore({ pool: from, table });
    await migrate(store);
    const lines = async () =>
      (await pool.query<{ line: number }>('SELECT line FROM lines WHERE key = $1 ORDER BY line', [key])).rows.map(
        ({ line }) => line,
      );
    const insert = async (client: PoolClient, line: number) =>
      void (await client.query('INSERT INTO lines VALUES ($1, $2)', [key, line]));
    return { key, store, table, lines, insert, options: { name: 'import', key, input: null, store } };
  }

  it('many processes may migrate at once, and again', async () => {
    const store = () => postgresStore({ pool, table: 'raced' });
    await Promise.all(Array.from({ length: 20 }, () => migrate(store())));
    await migrate(store());
    expect((await pool.query("SELECT 1 FROM pg_indexes WHERE tablename = 'raced'")).rowCount).toBe(3);
  });

  it('a table may stand in a schema', async () => {
    await pool.query('CREATE SCHEMA work');
    const store = postgresStore({ pool, table: ['work', 'jobs'] });
    await migrate(store);
    await job({ name: 'sweep', key: 'a', input: null, store }, () => 3);
    expect((await pool.query('SELECT key FROM work.jobs')).rows).toEqual([{ key: 'a' }]);
  });

  it('a connection that is lost in the middle of an effect leaves the cursor where it was; the next run finishes', async () => {
    const { options, lines, insert } = await prepared();
    let isLost = false;
    const run = async ({ cursor = 0, commit }: Run) => {
      for (let line = cursor; line < 5; line += 1) {
        // oxlint-disable-next-line no-await-in-loop -- one commit after the other
        await commit(async (client) => {
          await insert(client, line);
          if (line === 2 && !isLost) {
            isLost = true;
            const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
            await pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
          }
          await insert(client, line + 100);
          return line + 1;
        });
      }
    };
    const error = await job(options, run).catch((error: unknown) => error as JobError);
    expect(error).toMatchObject({ code: 'JOB_STORE_FAILED', retryable: true });
    expect(await lines()).toEqual([0, 1, 100, 101]);
    expect((await job(options, run)).attempt).toBe(2);
    expect(await lines()).toEqual([0, 1, 2, 3, 4, 100, 101, 102, 103, 104]);
  });

  it('an effect that fails is rolled back with everything it wrote, and its error is its own', async () => {
    const { options, lines, insert } = await prepared();
    const run = ({ commit }: Run) =>
      commit(async (client) => {
        await insert(client, 1);
        await insert(client, 1);
        return 1;
      });
    await expect(job(options, run)).rejects.toMatchObject({ name: 'error', code: '23505' });
    expect(await lines()).toEqual([]);
    expect((await pool.query('SELECT 1')).rowCount).toBe(1);
  });

  it('an effect that swallows the failure of a statement is rolled back all the same', async () => {
    const { options, lines, insert } = await prepared();
    const run = ({ commit }: Run) =>
      commit(async (client) => {
        await insert(client, 1);
        await insert(client, 1).catch(() => undefined);
        return 1;
      });
    await expect(job(options, run)).rejects.toMatchObject({ code: 'JOB_STORE_FAILED', retryable: false });
    expect(await lines()).toEqual([]);
  });

  it.each(['COMMIT', 'ROLLBACK', 'COMMIT; BEGIN'])(
    'an effect that says %s is refused, and the cursor stays',
    async (statement) => {
      const { options } = await prepared();
      const run = ({ commit }: Run) =>
        commit(async (client) => {
          await client.query(statement);
          return 1;
        });
      await expect(job(options, run)).rejects.toThrow('ended the transaction');
      const seen = await job(options, ({ cursor }: Run) => cursor ?? 'none');
      expect(seen).toMatchObject({ result: 'none', attempt: 2 });
    },
  );

  it('a claim waits for a commit that is under way', async () => {
    const { options, lines, insert } = await prepared();
    const gate = Promise.withResolvers<void>();
    const inside = Promise.withResolvers<void>();
    const refused = Promise.withResolvers<void>();
    const first = job({ ...options, leaseMs: 10_000 }, async ({ commit }: Run) => {
      await commit(async (client) => {
        await insert(client, 1);
        inside.resolve();
        await gate.promise;
        return 1;
      });
      // Once it had ended, the second would be told its result.
      await refused.promise;
    });
    await inside.promise;
    const second = job(options, () => 2);
    const waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
    await expect.poll(async () => (await pool.query(waiting)).rowCount, { timeout: 20_000 }).toBe(1);
    gate.resolve();
    await expect(second).rejects.toMatchObject({ code: 'JOB_RUNNING' });
    refused.resolve();
    expect((await first).outcome).toBe('succeeded');
    expect(await lines()).toEqual([1]);
  });

  it.each([
    ['0', '7s'],
    ['3s', '3s'],
    ['1min', '7s'],
  ])('where a transaction may be idle for %s, that of a commit may be for %s', async (setting, expected) => {
    const limited = openPool({
      connection: { ...server.connection, options: `-c idle_in_transaction_session_timeout=${setting}` } as never,
    });
    const { options } = await prepared(limited);
    const show = async (client: Pick<PoolClient, 'query'>) =>
      (await client.query<Record<string, string>>('SHOW idle_in_transaction_session_timeout')).rows[0]?.[
        'idle_in_transaction_session_timeout'
      ];
    let inside: unknown;
    const run = ({ commit }: Run) => commit(async (client) => ((inside = await show(client)), 1));
    await job({ ...options, leaseMs: 7000 }, run);
    expect([inside, await show(limited)]).toEqual([expected, setting]);
    await limited.end();
  });

  it('works where every transaction is serializable unless told otherwise', async () => {
    const strict = openPool({
      connection: { ...server.connection, options: '-c default_transaction_isolation=serializable' } as never,
    });
    const { options } = await prepared(strict);
    const ends = await Promise.allSettled(Array.from({ length: 10 }, () => job(options, () => 3)));
    const codes = ends.map((end) => (end.status === 'fulfilled' ? 'ended' : (end.reason as JobError).code));
    expect(codes.filter((code) => code !== 'ended' && code !== 'JOB_RUNNING')).toEqual([]);
    await strict.end();
  });

  it('without its table it says to migrate', async () => {
    const store = postgresStore({ pool, table: 'nowhere' });
    const running = job({ name: 'import', key: 'a', input: null, store }, () => 3);
    await expect(running).rejects.toMatchObject({ code: 'JOB_TABLE_MISSING', retryable: true });
    await expect(prune(store)).rejects.toThrow('call migrate(store) where the migrations run');
  });

  it('what the database refuses does not heal', async () => {
    await pool.query('CREATE TABLE other (id integer)');
    await expect(prune(postgresStore({ pool, table: 'other' }))).rejects.toMatchObject({
      code: 'JOB_STORE_FAILED',
      retryable: false,
      problems: [{ got: '42703' }],
    });
    const migrating = migrate(postgresStore({ pool, table: ['no_such_schema', 'jobs'] }));
    await expect(migrating).rejects.toMatchObject({ code: 'JOB_STORE_FAILED', retryable: false });
  });

  it('no connection is left in a transaction, and none is lost to the pool', async () => {
    const small = openPool({ connection: { ...server.connection, max: 1 } as never });
    const { options } = await prepared(small);
    for (let turn = 0; turn < 5; turn += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await job(options, ({ commit }: Run) => commit(() => Promise.reject(new RangeError('no')))).catch(
        () => undefined,
      );
    }
    expect((await job(options, () => 3)).attempt).toBe(6);
    const idle = "SELECT 1 FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'";
    expect((await pool.query(idle)).rowCount).toBe(0);
    expect([small.totalCount, small.idleCount]).toEqual([1, 1]);
    await small.end();
  });
});

describe('a database that does not answer', () => {
  it.each([
    ['when a connection is asked for', () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.1'))],
    [
      'later',
      () =>
        Promise.resolve<PostgresClient>({
          query: () => Promise.reject(new Error('terminated by 10.0.0.1')),
          release: () => undefined,
          on: () => undefined,
          off: () => undefined,
        }),
    ],
  ])('%s is a failure that a retry can mend, and its message names no address', async (_when, connect) => {
    const store = postgresStore({ pool: { connect } });
    const error = await prune(store).catch((error: unknown) => error as JobError);
    expect(error).toMatchObject({ code: 'JOB_STORE_FAILED', retryable: true });
    expect(String(error)).not.toContain('10.0.0.1');
  });

  it('closes the connection that answers no longer, and listens to it no more', async () => {
    const released: unknown[] = [];
    const listeners = new Set<unknown>();
    const client: PostgresClient = {
      query: () => Promise.reject(new Error('terminated')),
      release: (destroy) => void released.push(destroy),
      on: (_event, listener) => listeners.add(listener),
      off: (_event, listener) => listeners.delete(listener),
    };
    await expect(prune(postgresStore({ pool: { connect: () => Promise.resolve(client) } }))).rejects.toThrow(
      'JOB_STORE_FAILED',
    );
    expect(released).toEqual([true]);
    expect(listeners.size).toBe(0);
  });
});

describe('options', () => {
  const pool = { connect: () => Promise.reject(new Error('never')) };
  it.each([
    [undefined, ['options']],
    [{}, ['pool']],
    [{ pool: { connect: 5 } }, ['pool']],
    [{ pool, table: '' }, ['table']],
    [{ pool, table: 'ä'.repeat(26) }, ['table']],
    [{ pool, table: ['only'] }, ['table']],
    [{ pool, table: ['a', ''] }, ['table']],
    [{ pool, table: ['a', 'b', 'c'] }, ['table']],
    [{ pool: 5, table: 5 }, ['pool', 'table']],
  ])('%# are refused for %j', (options, names) => {
    const opening = () => postgresStore(options as never);
    const problems = names.map((name) => expect.objectContaining({ name }) as unknown);
    expect(opening).toThrow(expect.objectContaining({ code: 'JOB_OPTIONS_INVALID', problems }));
  });
});
