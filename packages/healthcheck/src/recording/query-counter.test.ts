import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describePostgres, openPool, type PostgresServer, startPostgres } from '@seaworthy/test-servers';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Client, Pool, type PoolClient, Query } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHealth } from '../create-health.ts';
import type { Health } from '../health.ts';
import { callsOf } from '../testing/calls-of.ts';

const newHealth = (): Health => createHealth({ serviceId: 'orders', releaseId: '1' });

/** A pool with a single connection, for which everybody waits. */
const openOne = ({ connection }: PostgresServer): Pool =>
  new Pool({ ...connection, max: 1 }).on('connect', (client) => void client.on('error', () => undefined));

describePostgres('counting the statements of pg', () => {
  let server: PostgresServer;
  let pool: Pool;
  let onePool: Pool;
  let health: Health;

  beforeAll(async () => {
    server = await startPostgres();
  }, 120_000);
  afterAll(() => server.stop());

  beforeEach(() => {
    health = newHealth();
    const pools = [openPool(server), openOne(server)];
    [pool, onePool] = pools as [Pool, Pool];
    return async () => {
      health.close();
      await Promise.all(pools.map((each) => each.end()));
    };
  });

  it('counts once what a pool is asked, as a promise and with a callback', async () => {
    expect(health.countQueries(pool)).toBe(pool);
    const calls = await callsOf(health, async () => {
      expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
      expect((await pool.query({ text: 'SELECT $1::int AS one', values: [1] })).rows).toEqual([{ one: 1 }]);
      const rows = await new Promise((resolve, reject) => {
        pool.query('SELECT $1::int AS one', [1], (error, result) => (error ? reject(error) : resolve(result.rows)));
      });
      expect(rows).toEqual([{ one: 1 }]);
    });
    expect(calls).toBe(3);
  });

  it('counts a statement that fails, and hands its error on', async () => {
    health.countQueries(pool);
    const calls = await callsOf(health, () => expect(pool.query('SELEC 1')).rejects.toThrow('syntax error'));
    expect(calls).toBe(1);
  });

  it.each(['promise', 'callback'])('counts a transaction on a client that was checked out with a %s', async (how) => {
    health.countQueries(pool);
    const checkOut = (): Promise<PoolClient> =>
      how === 'promise'
        ? pool.connect()
        : new Promise((resolve, reject) => {
            pool.connect((error, client) =>
              client === undefined ? reject(error ?? new Error('no client')) : resolve(client),
            );
          });
    const calls = await callsOf(health, async () => {
      const client = await checkOut();
      await client.query('BEGIN');
      await client.query('CREATE TEMP TABLE t (n int) ON COMMIT DROP');
      await client.query('COMMIT');
      client.release();
    });
    expect(calls).toBe(3);
  });

  it('counts right while a client goes from hand to hand', async () => {
    const pool = onePool;
    health.countQueries(pool);
    const work = async () => {
      await pool.query('SELECT 1');
      const client = await pool.connect();
      await client.query('SELECT 2');
      await client.query('SELECT 3');
      client.release();
      await pool.query('SELECT 4');
    };
    const calls = await Promise.all(Array.from({ length: 10 }, () => callsOf(health, work)));
    expect(calls).toEqual(Array.from({ length: 10 }, () => 4));
    expect(pool.totalCount).toBe(1);
  });

  it('counts for the request that asked, not for the one that gave the client back', async () => {
    const pool = onePool;
    health.countQueries(pool);
    const holder = await pool.connect();
    const waiting = [1, 2, 3].map((count) =>
      callsOf(health, async () => {
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        pool.connect((error, client, release) => {
          if (client === undefined) reject(error);
          const ask = (left: number): void => {
            if (left > 0) client?.query('SELECT 1', () => ask(left - 1));
            else resolve(release());
          };
          ask(count);
        });
        await promise;
      }),
    );
    await expect.poll(() => pool.waitingCount).toBe(3);
    holder.release();
    expect(await Promise.all(waiting)).toEqual([1, 2, 3]);
  });

  it('keeps the marks in a callback, which the event of a shared connection calls', async () => {
    health.countQueries(pool);
    await pool.query('SELECT 1');
    const calls = await callsOf(health, async () => {
      await new Promise<void>((resolve) => {
        pool.query('SELECT 1', () => {
          health.db(10);
          resolve();
        });
      });
    });
    expect(calls).toBe(11);
  });

  it('counts a client that belongs to no pool', async () => {
    const client = health.countQueries(new Client(server.connection));
    await client.connect();
    const calls = await callsOf(health, async () => {
      expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
      await new Promise((resolve) => client.query('SELECT 2', resolve));
    });
    await client.end();
    expect(calls).toBe(2);
  });

  it('hands a submittable through as it is', async () => {
    health.countQueries(pool);
    const client = await pool.connect();
    const calls = await callsOf(health, async () => {
      const query = new Query('SELECT generate_series(1, 3) AS n');
      const rows: unknown[] = [];
      query.on('row', (row) => rows.push(row));
      expect(client.query(query)).toBe(query);
      await once(query, 'end');
      expect(rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    });
    client.release();
    expect(calls).toBe(1);
  });

  it('counts once however often it is called, and once for every health', async () => {
    const other = newHealth();
    for (let time = 0; time < 3; time += 1) other.countQueries(health.countQueries(pool));
    const client = await pool.connect();
    health.countQueries(client);
    const work = async () => {
      await pool.query('SELECT 1');
      await client.query('SELECT 1');
    };
    expect([await callsOf(health, work), await callsOf(other, work)]).toEqual([2, 2]);
    client.release();
  });

  it('counts nothing outside a request', async () => {
    health.countQueries(pool);
    await pool.query('SELECT 1');
    expect(health.snapshot().totals.databaseCalls).toBe(0);
  });

  it.each([
    ['the pool', true],
    ['its log hook', false],
  ])('counts what Kysely sends, through %s', async (_, throughPool) => {
    if (throughPool) health.countQueries(pool);
    const database = new Kysely<{ orders: { id: number } }>({
      dialect: new PostgresDialect({ pool }),
      ...(throughPool ? {} : { log: health.kyselyLog }),
    });
    const calls = await callsOf(health, async () => {
      await sql`SELECT 1`.execute(database);
      await expect(sql`SELEC 1`.execute(database)).rejects.toThrow('syntax error');
      await database.transaction().execute(async (transaction) => {
        await sql`CREATE TEMP TABLE orders (id int) ON COMMIT DROP`.execute(transaction);
        await transaction.insertInto('orders').values({ id: 1 }).execute();
      });
    });
    // Two alone, and two between BEGIN and COMMIT.
    expect(calls).toBe(6);
  });
});

describe('a driver', () => {
  it.each([undefined, null, 5, 'pool', {}, { query: 'SELECT 1' }, () => {}])('%j is refused', (driver) => {
    const health = newHealth();
    expect(() => health.countQueries(driver as object)).toThrow(
      expect.objectContaining({ code: 'HEALTH_ARGUMENT_INVALID', retryable: false }),
    );
    expect(() => health.countQueries(driver as object)).toThrow(/expected +a pool or a connection with a method query/);
  });

  it('keeps `this`, the arguments, what it returns and what it throws', async () => {
    const health = newHealth();
    class Driver {
      readonly asked: unknown[] = [];
      query(...args: unknown[]): unknown {
        this.asked.push(args);
        if (args[0] === 'throws') throw new RangeError('of the driver');
        return this;
      }
    }
    const driver = health.countQueries(new Driver());
    const calls = await callsOf(health, async () => {
      await nextTurn();
      expect(driver.query('a', [1], null)).toBe(driver);
      expect(() => driver.query('throws')).toThrow(new RangeError('of the driver'));
    });
    expect([calls, driver.asked]).toEqual([2, [['a', [1], null], ['throws']]]);
    expect(Object.keys(driver)).toEqual(['asked']);
  });
});
