// What the settings of postgres do on a real PostgreSQL: those of the pool in pg, those of the role in the server. The
// group is overridden with short times; every time-out is told from the others by its SQLSTATE or its message.
import { describePostgres, type PostgresServer, startPostgres } from '@seaworthy/test-servers';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';

import { toPg, type PgOptions } from '../adapters/to-pg.ts';
import { toRoleStatements } from '../adapters/to-role-statements.ts';
import { overrideDefaults } from '../declare/override-defaults.ts';
import { postgres } from '../groups/postgres.ts';
import { patience } from '../testing/raw-connection.ts';
import { loadGroup } from '../testing/shipped-groups.ts';

type Env = Readonly<Record<string, string>>;

const texts = { owner: 'team-orders', reason: 'a test', expect: 'it is quick', rollback: 'end the test' };
const shortTimes = overrideDefaults(postgres, {
  statementTimeoutMs: { default: '1s', ...texts },
  lockTimeoutMs: { default: '200ms', ...texts },
  idleInTransactionTimeoutMs: { default: '1s', ...texts },
  transactionTimeoutMs: { default: '2s', ...texts },
});

/** Why a connection ended; pg says twice that it did. */
function firstError(client: pg.PoolClient): Promise<Error> {
  return new Promise((resolve) => client.on('error', resolve));
}

describePostgres('on a PostgreSQL', { timeout: 60_000 }, () => {
  let server: PostgresServer;
  let version = 0;

  beforeAll(async () => {
    server = await startPostgres();
    const admin = new pg.Client({ ...server.connection, user: 'postgres' });
    await admin.connect();
    const { rows } = await admin.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int / 10000 AS version`,
    );
    version = rows[0]?.version ?? 0;
    await admin.query('CREATE ROLE orders LOGIN; CREATE ROLE patient LOGIN');
    await admin.query('CREATE TABLE stock (sku text); GRANT ALL ON stock TO orders, patient');
    await admin.query(toRoleStatements(shortTimes, 'orders', { serverVersion: version }).join('\n'));
    await admin.end();
  }, 120_000);
  afterAll(() => server.stop());

  /** `orders` has the time-outs of the group, `patient` has none. */
  function openPool(user: 'orders' | 'patient', options: PgOptions): pg.Pool {
    const pool = new pg.Pool({ ...server.connection, user, ...options });
    // A connection that the server ends is what some tests wait for, and what the end of the tests brings.
    pool.on('error', () => undefined);
    onTestFinished(() => pool.end());
    return pool;
  }
  function createPool(user: 'orders' | 'patient', env: Env = {}): pg.Pool {
    return openPool(user, toPg(loadGroup(shortTimes, env)));
  }

  it('a statement that runs too long is ended by the server', async () => {
    await expect(createPool('orders').query('SELECT pg_sleep(30)')).rejects.toMatchObject({ code: '57014' });
  });

  it('a statement that waits too long for a lock is ended before that', async () => {
    const holder = await createPool('patient').connect();
    onTestFinished(() => holder.release(true));
    await holder.query('BEGIN; LOCK TABLE stock');
    await expect(createPool('orders').query('SELECT FROM stock')).rejects.toMatchObject({ code: '55P03' });
  });

  it('a transaction in which nothing happens is ended, and its lock is free again', async () => {
    const idle = await createPool('orders').connect();
    const gone = firstError(idle);
    onTestFinished(() => idle.release(true));
    await idle.query('BEGIN; LOCK TABLE stock');
    expect(await gone).toMatchObject({ code: '25P03' });
    await createPool('patient').query('SELECT FROM stock');
  });

  it('a transaction of many short statements is ended too', async (context) => {
    if (version < 17) context.skip(`PostgreSQL ${version} has no transaction_timeout`);
    const busy = await createPool('orders').connect();
    const gone = firstError(busy);
    onTestFinished(() => busy.release(true));
    await busy.query('BEGIN');
    await expect
      .poll(
        () =>
          busy.query('SELECT 1').then(
            () => 'ok',
            () => 'ended',
          ),
        patience,
      )
      .toBe('ended');
    expect(await gone).toMatchObject({ code: '25P04' });
  });

  it('the client gives up on a query whose answer does not come, and a role without limits waits', async () => {
    const pool = createPool('patient', { DATABASE_QUERY_TIMEOUT: '2s' });
    await expect(pool.query('SELECT pg_sleep(30)')).rejects.toThrow('Query read timeout');
  });

  it('a pool has as many connections as it may, and whoever waits too long for one is told', async () => {
    // The same time bounds connecting, which a busy machine does slowly.
    const pool = createPool('orders', { DATABASE_POOL_MAX: '2', DATABASE_POOL_WAIT_TIMEOUT: '2s' });
    const taken = [await pool.connect(), await pool.connect()];
    await expect(pool.connect()).rejects.toThrow('timeout exceeded when trying to connect');
    for (const client of taken) client.release();
    expect((await pool.query<{ one: number }>('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('a connection that nobody uses is closed', async () => {
    const pool = createPool('orders', { DATABASE_IDLE_TIMEOUT: '1s' });
    await pool.query('SELECT 1');
    expect(pool.totalCount).toBe(1);
    await expect.poll(() => pool.totalCount, patience).toBe(0);
  });

  it('a connection is renewed at the end of its life', async () => {
    const env = { DATABASE_CONNECTION_LIFETIME: '1m', DATABASE_CONNECTION_LIFETIME_JITTER: '0.5' };
    const settings = { ...loadGroup(shortTimes, env), connectionLifetimeMs: 6_000 };
    const pool = openPool(
      'orders',
      toPg(settings, () => 0),
    );
    const process = async () => (await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid;
    const first = await process();
    expect(await process()).toBe(first);
    await expect.poll(process, patience).not.toBe(first);
  });
});
