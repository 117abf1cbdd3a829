import { describeRedis, startRedis, type RedisServer } from '@seaworthy/test-servers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { commandLine, query } from './background-commands.ts';
import { countsOf } from './health-document.ts';
import { ask } from './http-client.ts';
import { redisCommand } from './redis-command.ts';
import { healthToken, readFacts, startCommand, startService, type RunningService } from './running-service.ts';

const json = { 'content-type': 'application/json' };
const token = { authorization: `Bearer ${healthToken}` };
const basic = { authorization: `Basic ${Buffer.from(`anybody:${healthToken}`).toString('base64')}` };
const noCache = { 'cache-control': 'max-age=0, No-Cache' };

async function store({ address }: RunningService, ...orderNumbers: string[]): Promise<void> {
  for (const orderNumber of orderNumbers) {
    const body = JSON.stringify({ orderNumber, sku: 'S', quantity: 1 });
    // oxlint-disable-next-line no-await-in-loop -- in their order
    await ask(`${address}/orders`, { method: 'POST', headers: json, body });
  }
}

async function read(
  { address }: RunningService,
  orderNumber: string,
  headers: Record<string, string | readonly string[]> = {},
) {
  const answer = await ask(`${address}/orders/${orderNumber}`, { headers });
  const { quantity } = answer.json as { quantity?: number };
  return { status: answer.status, cache: answer.headers['cache-status']?.replace(/^[^;]*; /, ''), quantity };
}

/** One entry of the cache is replaced or cleared, and no other. */
export function cacheContract(directory: string): void {
  const { name, owner } = readFacts(directory);
  const clear = (key: string, env: NodeJS.ProcessEnv = {}) =>
    startCommand(directory, `${commandLine(directory, 'cache-clear')} ${key}`, { DEPLOY_ENVIRONMENT: 'test', ...env })
      .ended;

  describe('in the memory of a process', () => {
    let service: RunningService;
    beforeEach(async () => {
      service = await startService(directory);
      await store(service, 'A-1001', 'A-1002');
      for (const orderNumber of ['A-1001', 'A-1002'])
        // oxlint-disable-next-line no-await-in-loop -- in their order
        expect(await read(service, orderNumber)).toEqual({ status: 200, cache: 'fwd=miss', quantity: 1 });
      query(service.databaseFile, 'UPDATE orders SET quantity = 2');
    });
    afterEach(() => service.stop());

    it.each([token, basic])('replaces the entry that somebody with the token asks for: %j', async (authorization) => {
      const asked = await read(service, 'A-1001', { ...noCache, ...authorization });
      expect(asked).toEqual({ status: 200, cache: 'fwd=request', quantity: 2 });
      expect(await read(service, 'A-1001')).toEqual({ status: 200, cache: 'hit', quantity: 2 });
      expect(await read(service, 'A-1002')).toEqual({ status: 200, cache: 'hit', quantity: 1 });
    });

    it.each([
      noCache,
      token,
      { ...noCache, authorization: 'Bearer wrong-health-token' },
      { ...noCache, authorization: [token.authorization, token.authorization] },
    ])('stays a hit for anybody else: %j', async (headers) => {
      expect(await read(service, 'A-1001', headers)).toEqual({ status: 200, cache: 'hit', quantity: 1 });
    });

    it('counts what was asked for past it as a miss', async () => {
      const counts = async () => countsOf((await ask(`${service.address}/healthz`, { headers: token })).json);
      const before = await counts();
      await read(service, 'A-1001', { ...noCache, ...token });
      const after = await counts();
      const seen = [after.hits - before.hits, after.misses - before.misses, after.databaseCalls - before.databaseCalls];
      expect(seen).toEqual([0, 1, 1]);
    });

    it('forgets what is gone from the database', async () => {
      query(service.databaseFile, "DELETE FROM orders WHERE order_number = 'A-1001'");
      expect((await read(service, 'A-1001', { ...noCache, ...token })).status).toBe(404);
      expect(await read(service, 'A-1001')).toMatchObject({ status: 404, cache: 'fwd=miss' });
    });
  });

  it('cannot be cleared from outside where each process has its own', async () => {
    expect(await clear('orders:A-1001')).toEqual({
      status: 1,
      lines: [],
      stderr: `CacheError: each process has a cache of its own. Nothing was cleared.
   code      CACHE_IN_PROCESS
   got       CACHE_URL=memory:
   expected  a cache that processes share, redis: or rediss:
   fix       ask each process for GET /orders/A-1001 with Cache-Control: no-cache and Authorization: Bearer HEALTH_TOKEN
   retry     no: with the same CACHE_URL it fails again
   owner     ${owner}
`,
    });
  });

  it.each([
    ['', 'nothing'],
    ["'orders:*'", 'orders:*'],
    ['A-1001', 'A-1001'],
    ['orders:A-1001 orders:A-1002', 'orders:A-1001 orders:A-1002'],
  ])('takes one key of an order and nothing else: %j', async (typed, got) => {
    expect(await clear(typed)).toEqual({
      status: 64,
      lines: [],
      stderr: `CacheError: no cache key was named. Nothing was cleared.
   code      CACHE_KEY_INVALID
   got       ${got}
   expected  orders: and an order number
   fix       make cache-clear KEY=orders:A-1001
   retry     no: name a key first
   owner     ${owner}
`,
    });
  });

  const unreachable = (got: string) => ({
    status: 1,
    lines: [],
    stderr: `CacheError: the cache does not answer. Nothing was cleared.
   code      CACHE_UNREACHABLE
   got       ${got}
   expected  a Redis that answers and lets this user in
   fix       start it, or correct CACHE_URL; an entry goes by itself after ORDER_CACHE_TTL
   retry     yes: once it answers
   owner     ${owner}
`,
  });

  it('that nobody answers for is told so, without its password', async () => {
    expect(await clear('orders:A-1001', { CACHE_URL: 'redis://:hunter2@127.0.0.1:9/0' })).toEqual(
      unreachable('redis://***:***@127.0.0.1:9/0: ECONNREFUSED'),
    );
  });

  describeRedis('in Redis', () => {
    let redis: RedisServer;
    const cacheUrl = () => ({ CACHE_URL: `redis://127.0.0.1:${redis.connection.port}/0` });
    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(() => redis.stop());

    it('is shared by every process, and cleared for all of them', async () => {
      const one = await startService(directory, cacheUrl());
      const two = await startService(directory, { ...cacheUrl(), DATABASE_URL: `sqlite:${one.databaseFile}` });
      await store(one, 'A-1001', 'A-1002');
      await read(one, 'A-1001');
      await read(one, 'A-1002');
      expect(await read(two, 'A-1001')).toEqual({ status: 200, cache: 'hit', quantity: 1 });
      const cleared = await clear('orders:A-1001', cacheUrl());
      expect(cleared).toMatchObject({ status: 0, stderr: '' });
      const line = { level: 'info', message: 'cache cleared', key: 'orders:A-1001' };
      expect(cleared.lines).toMatchObject([{ ...line, found: true }]);
      expect((await clear('orders:A-1001', cacheUrl())).lines).toMatchObject([{ ...line, found: false }]);
      expect(await read(two, 'A-1001')).toMatchObject({ cache: 'fwd=miss' });
      expect(await read(two, 'A-1002')).toMatchObject({ cache: 'hit' });
      query(one.databaseFile, 'UPDATE orders SET quantity = 2');
      expect(await read(one, 'A-1002', { ...noCache, ...token })).toMatchObject({ cache: 'fwd=request', quantity: 2 });
      expect(await read(two, 'A-1002')).toMatchObject({ cache: 'hit', quantity: 2 });
      expect([await two.stop(), await one.stop()]).toEqual([0, 0]);
    });

    it.each(['whenever', '2026-02-30T00:00:00.000Z', '2026-01-01'])(
      'takes nothing for an order that is none: created at %s',
      async (createdAt) => {
        const service = await startService(directory, cacheUrl());
        await store(service, 'A-4001');
        const keep = (moment: string) => {
          const entry = JSON.stringify({ orderNumber: 'A-4001', sku: 'S', quantity: 7, createdAt: moment });
          return redisCommand(redis.connection.port, 'SET', `${name}:orders:A-4001`, entry);
        };
        await keep('2026-02-28T23:59:59.000Z');
        expect(await read(service, 'A-4001')).toEqual({ status: 200, cache: 'hit', quantity: 7 });
        await keep(createdAt);
        expect(await read(service, 'A-4001')).toEqual({ status: 200, cache: 'fwd=miss', quantity: 1 });
        expect(await service.stop()).toBe(0);
      },
    );

    it('that is gone is a miss, told once, and never an error', async () => {
      const own = await startRedis();
      const service = await startService(directory, { CACHE_URL: `redis://127.0.0.1:${own.connection.port}/0` });
      await store(service, 'A-2001');
      await read(service, 'A-2001');
      expect(await read(service, 'A-2001')).toMatchObject({ cache: 'hit' });
      await own.stop();
      for (let count = 0; count < 4; count += 1)
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        expect(await read(service, 'A-2001')).toEqual({ status: 200, cache: 'fwd=miss', quantity: 1 });
      const failures = () => service.lines.filter(({ message }) => message === 'cache failed');
      expect(failures()).toMatchObject([{ level: 'warn', error: { message: expect.any(String) as string } }]);
      expect((await ask(`${service.address}/readyz`)).status).toBe(200);
      expect(await service.stop()).toBe(0);
    });

    it('that lets nobody in says so by the word of Redis', async () => {
      const own = await startRedis({ requirepass: 'hunter2' });
      const { port } = own.connection;
      expect(await clear('orders:A-1001', { CACHE_URL: `redis://:wrong@127.0.0.1:${port}/0` })).toEqual(
        unreachable(`redis://***:***@127.0.0.1:${port}/0: WRONGPASS`),
      );
      expect(await clear('orders:A-1001', { CACHE_URL: `redis://127.0.0.1:${port}/0` })).toEqual(
        unreachable(`redis://127.0.0.1:${port}/0: NOAUTH`),
      );
      await own.stop();
    });

    it('that has no database of that number is a miss, and no other database is used', async () => {
      const CACHE_URL = `redis://127.0.0.1:${redis.connection.port}/99`;
      const service = await startService(directory, { CACHE_URL });
      await store(service, 'A-5001');
      for (let count = 0; count < 3; count += 1)
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        expect(await read(service, 'A-5001')).toEqual({ status: 200, cache: 'fwd=miss', quantity: 1 });
      const message = expect.stringContaining('DB index is out of range') as string;
      const failures = service.lines.filter((line) => line['message'] === 'cache failed');
      expect(failures).toMatchObject([{ level: 'warn', error: { message } }]);
      expect(await redisCommand(redis.connection.port, 'EXISTS', `${name}:orders:A-5001`)).toBe(':0\r\n');
      expect(await service.stop()).toBe(0);
      expect(await clear('orders:A-1001', { CACHE_URL })).toEqual(unreachable(`${CACHE_URL}: ERR`));
    });

    it('that is not there yet holds nothing up', async () => {
      const service = await startService(directory, { CACHE_URL: 'redis://127.0.0.1:9/0' });
      expect(service.lines[0]).toMatchObject({ message: 'listening', service: name });
      await store(service, 'A-3001');
      expect(await read(service, 'A-3001')).toEqual({ status: 200, cache: 'fwd=miss', quantity: 1 });
      expect(await service.stop()).toBe(0);
    });
  });
}
