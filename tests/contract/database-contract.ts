import { describePostgres } from '@seaworthy/test-servers';
import { beforeAll, describe, expect, it } from 'vitest';

import { commandLine } from './background-commands.ts';
import { databaseCommandsContract } from './database-commands-contract.ts';
import { failingDatabaseContract } from './failing-database-contract.ts';
import { ask } from './http-client.ts';
import { idempotencyContract } from './idempotency-contract.ts';
import { ordersContract } from './orders-contract.ts';
import { ownServers } from './own-servers.ts';
import { pagingContract } from './paging-contract.ts';
import { problems } from './problems.ts';
import { healthToken, migrate, readFacts, startCommand, startService, type RunningService } from './running-service.ts';
import { suspendPostgres } from './suspend-postgres.ts';

const json = { 'content-type': 'application/json' };
const timeout = 90_000;

/** What a service with PostgreSQL and Redis promises besides: the same, and an answer when they fail. */
export function databaseContract(directory: string): void {
  describePostgres('on PostgreSQL, with Redis', () => {
    const { name } = readFacts(directory);
    let servers: Awaited<ReturnType<typeof ownServers>>;
    beforeAll(async () => {
      servers = await ownServers();
    });
    const connected = (database?: string) => servers.connected(database);
    const query = (sql: string, database?: string) => servers.query(sql, database);
    const newDatabase = () => servers.newDatabase();
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

    describe('that fails', () => {
      failingDatabaseContract(directory, { newDatabase, query, connected });
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
      const wakeUp = await suspendPostgres(query);
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
      wakeUp();
      await expect.poll(async () => (await post('A-1003')).status, { timeout: 40_000 }).toBe(201);
      await expect.poll(check, { timeout: 40_000 }).toBe('pass');
      expect(await service.stop()).toBe(0);
    });

    it('stops while the database hangs', { timeout }, async () => {
      const { service } = await started({ HEALTH_CHECK_INTERVAL: '1s', DATABASE_QUERY_TIMEOUT: '10m' });
      await suspendPostgres(query);
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
  });
}
