import {
  describePostgres,
  startPostgres,
  startRedis,
  type PostgresServer,
  type RedisServer,
} from '@seaworthy/test-servers';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { commandLine } from './background-commands.ts';
import { databaseCommandsContract } from './database-commands-contract.ts';
import { ask } from './http-client.ts';
import { idempotencyContract } from './idempotency-contract.ts';
import { ordersContract } from './orders-contract.ts';
import { pagingContract } from './paging-contract.ts';
import { problems } from './problems.ts';
import { healthToken, migrate, readFacts, startCommand, startService, type RunningService } from './running-service.ts';

const json = { 'content-type': 'application/json' };
const timeout = 90_000;

/** A connection that was given up takes its process with it, once that goes on. */
function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** What a service with PostgreSQL and Redis promises besides: the same, and an answer when they fail. */
export function databaseContract(directory: string): void {
  describePostgres('on PostgreSQL, with Redis', () => {
    const { name, owner } = readFacts(directory);
    let postgres: PostgresServer;
    let redis: RedisServer;
    let databases = 0;
    beforeAll(async () => {
      [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    });
    afterAll(() => Promise.all([postgres.stop(), redis.stop()]));

    async function connected(database = 'postgres'): Promise<pg.Client> {
      const client = new pg.Client({ ...postgres.connection, database });
      await client.connect();
      return client;
    }

    async function query(sql: string, database?: string): Promise<Record<string, unknown>[]> {
      const client = await connected(database);
      const { rows } = await client.query<Record<string, unknown>>(sql);
      await client.end();
      return rows;
    }

    /** An empty database, and the settings that name it and a part of the Redis. */
    async function newDatabase() {
      databases += 1;
      const database = `contract_${databases}`;
      await query(`CREATE DATABASE ${database}`);
      const { host, port, user } = postgres.connection;
      const DATABASE_URL = `postgresql://${user}@${host}:${port}/${database}`;
      return { database, env: { DATABASE_URL, CACHE_URL: `redis://127.0.0.1:${redis.connection.port}/${databases}` } };
    }
    const elsewhere = async () => (await newDatabase()).env;

    describe('orders', () => {
      ordersContract(directory, elsewhere);
    });
    describe('idempotency keys', () => {
      idempotencyContract(directory, elsewhere);
    });
    describe('pages', () => {
      pagingContract(directory, elsewhere);
    });

    async function started(env: NodeJS.ProcessEnv = {}) {
      const made = await newDatabase();
      const service = await startService(directory, { ...made.env, ...env });
      const post = (orderNumber: string, key?: string) =>
        ask(`${service.address}/orders`, {
          method: 'POST',
          headers: key === undefined ? json : { ...json, 'idempotency-key': key },
          body: JSON.stringify({ orderNumber, sku: 'S', quantity: 1 }),
        });
      return { ...made, service, post };
    }

    /** Lets every process of PostgreSQL hang until the function that it returns is called, or the test ends. */
    async function hang(): Promise<() => void> {
      const rows = await query(`SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()
        UNION SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::integer`);
      const signal = (what: 'SIGSTOP' | 'SIGCONT') => rows.forEach(({ pid }) => signalIfThere(Number(pid), what));
      const goOn = () => signal('SIGCONT');
      onTestFinished(goOn);
      signal('SIGSTOP');
      return goOn;
    }

    async function checkOf(service: RunningService): Promise<string | undefined> {
      const headers = { authorization: `Bearer ${healthToken}` };
      const document = (await ask(`${service.address}/healthz`, { headers })).json as {
        checks: { 'database:responseTime': readonly { status: string }[] };
      };
      return document.checks['database:responseTime'][0]?.status;
    }

    it('names itself in its connections', async () => {
      const { service, database } = await started();
      const names = `SELECT DISTINCT application_name AS name FROM pg_stat_activity WHERE datname = '${database}'`;
      expect(await query(names)).toEqual([{ name }]);
      expect(await service.stop()).toBe(0);
    });

    it('makes a request wait for another one with its key, and gives it the same answer', { timeout }, async () => {
      const { service, post, database } = await started();
      await post('A-1001', 'first');
      const other = await connected(database);
      await other.query('BEGIN');
      const values = `'taken', request_sha256, 201, '{"from":"the other"}', '/orders/A-1001', created_at_ms + 3600000`;
      await other.query(`INSERT INTO idempotency_keys SELECT ${values} FROM idempotency_keys`);
      const answering = post('A-1001', 'taken');
      const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = '${database}' AND wait_event_type = 'Lock'`;
      await expect.poll(() => query(waiting), { timeout: 20_000 }).toHaveLength(1);
      await other.query('COMMIT');
      await other.end();
      expect(await answering).toMatchObject({
        status: 201,
        json: { from: 'the other' },
        headers: { 'idempotency-replayed': 'true', location: '/orders/A-1001' },
      });
      expect(await service.stop()).toBe(0);
    });

    it('answers 409 to a request that may not wait that long', { timeout }, async () => {
      const made = await newDatabase();
      await query(`ALTER ROLE postgres IN DATABASE ${made.database} SET lock_timeout = '200ms'`);
      const service = await startService(directory, made.env);
      const other = await connected(made.database);
      await other.query('BEGIN');
      await other.query("INSERT INTO idempotency_keys VALUES ('taken', '', 201, '', NULL, 32503680000000)");
      const body = JSON.stringify({ orderNumber: 'A-1001', sku: 'S', quantity: 1 });
      const question = { method: 'POST', headers: { ...json, 'idempotency-key': 'taken' }, body };
      const refused = await ask(`${service.address}/orders`, question);
      await other.query('ROLLBACK');
      expect(refused).toMatchObject({
        status: 409,
        json: problems.idempotencyKeyInUse,
        headers: { 'retry-after': '1' },
      });
      // Nobody uses the key: it is the order that somebody else stores.
      await other.query('BEGIN');
      await other.query("INSERT INTO orders (order_number, sku, quantity, created_at) VALUES ('A-1001', 'S', 1, '')");
      const delayed = await ask(`${service.address}/orders`, question);
      await other.query('ROLLBACK');
      await other.end();
      expect(delayed).toMatchObject({
        status: 503,
        json: problems.databaseUnavailable,
        headers: { 'retry-after': '5' },
      });
      expect((await ask(`${service.address}/orders`, question)).status).toBe(201);
      expect(await service.stop()).toBe(0);
    });

    it('answers 503 when its connections are cut, at worst, and goes on', { timeout }, async () => {
      const { service, post, database } = await started();
      await post('A-1001');
      await query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`);
      const statuses = new Set<number>();
      await expect
        .poll(async () => {
          const { status } = await post('A-1002');
          statuses.add(status);
          return status;
        })
        .toBe(201);
      statuses.delete(201);
      expect([...statuses].filter((status) => status !== 503)).toEqual([]);
      expect(await service.stop()).toBe(0);
    });

    it('answers 503 while the database hangs, and its probes go on', { timeout }, async () => {
      const { service, post } = await started({
        DATABASE_POOL_MAX: '2',
        DATABASE_POOL_WAIT_TIMEOUT: '500ms',
        DATABASE_QUERY_TIMEOUT: '16s',
        HEALTH_CHECK_INTERVAL: '1s',
      });
      await post('A-1001');
      const goOn = await hang();
      const asked = Array.from({ length: 5 }, () => post('A-1002'));
      const probe = async (path: string) => (await ask(`${service.address}${path}`)).status;
      expect([await probe('/livez'), await probe('/readyz'), await probe('/healthz')]).toEqual([200, 200, 200]);
      for (const answer of await Promise.all(asked))
        expect(answer).toMatchObject({
          status: 503,
          json: problems.databaseUnavailable,
          headers: { 'retry-after': '5' },
        });
      const check = () => checkOf(service);
      await expect.poll(check, { timeout: 20_000 }).not.toBe('pass');
      expect(await probe('/readyz')).toBe(200);
      goOn();
      await expect.poll(async () => (await post('A-1003')).status, { timeout: 40_000 }).toBe(201);
      await expect.poll(check, { timeout: 40_000 }).toBe('pass');
      expect(await service.stop()).toBe(0);
    });

    it('stops while the database hangs', { timeout }, async () => {
      const { service } = await started({ HEALTH_CHECK_INTERVAL: '1s', DATABASE_QUERY_TIMEOUT: '10m' });
      await hang();
      // Then a look at the jobs hangs too, which has no other limit.
      await expect.poll(() => checkOf(service), { timeout: 40_000 }).not.toBe('pass');
      expect(await service.stop()).toBe(0);
    });

    databaseCommandsContract(directory, { newDatabase, connected, query });

    it('imports, sums up and hears of it', { timeout }, async () => {
      const { env } = await newDatabase();
      const test = { ...env, DEPLOY_ENVIRONMENT: 'test' };
      migrate(directory, test);
      const job = await startCommand(directory, `${commandLine(directory, 'job')} daily-order-summary`, test).ended;
      expect(job).toMatchObject({ status: 0, stderr: '', lines: [{ outcome: 'succeeded', rows: 1 }] });
    });

    it('says that nobody answers, without the password', async () => {
      const env = {
        DATABASE_URL: 'postgres://app:hunter2@127.0.0.1:9/orders',
        DEPLOY_ENVIRONMENT: 'test',
        HTTP_PORT: '0',
      };
      const { start } = readFacts(directory).commands;
      for (const command of [
        start,
        commandLine(directory, 'migrate'),
        `${commandLine(directory, 'job')} daily-order-summary`,
      ])
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        expect(await startCommand(directory, command, env).ended).toEqual({
          status: 1,
          lines: [],
          stderr: `StartError: the database does not answer. The service did not start.
   code      START_DATABASE_UNREACHABLE
   got       postgres://***:***@127.0.0.1:9/orders
   expected  a PostgreSQL that answers and lets this user in
   fix       start it, or correct DATABASE_URL
   retry     yes: once it answers
   owner     ${owner}
`,
        });
    });
  });
}
