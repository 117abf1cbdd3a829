import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';

import { serviceName } from '../../src/service.ts';

import { describeRedis, startRedis, type OwnServer } from './own-server.ts';
import { environment, run, startService, temporaryFolder } from './started-service.ts';

const timeout = 60_000;

describeRedis('with Redis', () => {
  let server: OwnServer;
  beforeAll(async () => {
    server = await startRedis();
  }, timeout);
  afterAll(() => server.stop());

  const started = (folder = temporaryFolder(), url = server.url) =>
    startService('node src/main.ts', { folder, env: { CACHE_URL: url } });
  const store = (address: string, orderNumber: string) =>
    fetch(`${address}/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ orderNumber, sku: 'S', quantity: 1 }),
    });
  const read = async (address: string, orderNumber: string) => {
    const answer = await fetch(`${address}/orders/${orderNumber}`);
    return `${answer.status} ${answer.headers.get('cache-status')?.replace(`${serviceName}; `, '')}`;
  };
  function redis(): Redis {
    const client = new Redis(server.url);
    onTestFinished(() => client.disconnect());
    return client;
  }
  const clear = (key: string, url = server.url) =>
    run(`exec node src/clear-cache.ts ${key}`, environment(temporaryFolder(), { CACHE_URL: url }));

  it('shares its entries with other processes, under names of its own, for a while', { timeout }, async () => {
    const folder = temporaryFolder();
    const [one, two] = [await started(folder), await started(folder)];
    await store(one.address, 'A-1001');
    expect(await read(one.address, 'A-1001')).toBe('200 fwd=miss');
    expect(await read(two.address, 'A-1001')).toBe('200 hit');
    const lifetimeMs = await redis().pttl(`${serviceName}:orders:A-1001`);
    expect(lifetimeMs).toBeGreaterThan(0);
    expect(lifetimeMs).toBeLessThanOrEqual(330_000);
    expect(await Promise.all([one.stop(), two.stop()])).toEqual([
      [0, null],
      [0, null],
    ]);
  });

  it('takes nothing for an order that is none', { timeout }, async () => {
    const { address, stop } = await started();
    await store(address, 'A-2001');
    const client = redis();
    for (const entry of ['{', '{"orderNumber":"A-2001"}', '[]']) {
      await client.set(`${serviceName}:orders:A-2001`, entry);
      expect(await read(address, 'A-2001')).toBe('200 fwd=miss');
    }
    expect(await read(address, 'A-2001')).toBe('200 hit');
    expect(await stop()).toEqual([0, null]);
  });

  it('clears one entry and no other', { timeout }, async () => {
    const client = redis();
    await client.mset({
      [`${serviceName}:orders:A-3001`]: '1',
      [`${serviceName}:orders:A-3002`]: '2',
      'orders:A-3001': '3',
    });
    const cleared = clear('orders:A-3001');
    expect({ ...cleared, stdout: JSON.parse(cleared.stdout) as object }).toMatchObject({
      status: 0,
      stderr: '',
      stdout: { level: 'info', message: 'cache cleared', key: 'orders:A-3001', found: true },
    });
    const names = [`${serviceName}:orders:A-3001`, `${serviceName}:orders:A-3002`, 'orders:A-3001'];
    expect(await client.mget(names)).toEqual([null, '2', '3']);
    expect(clear('orders:A-3001').stdout).toContain('"found":false');
  });

  it('says why it cannot clear', { timeout }, () => {
    const nowhere = clear('orders:A-1001', 'redis://:hunter2@127.0.0.1:9/0');
    expect({ status: nowhere.status, stdout: nowhere.stdout }).toEqual({ status: 1, stdout: '' });
    expect(nowhere.stderr).toContain(
      '   code      CACHE_UNREACHABLE\n   got       redis://***:***@127.0.0.1:9/0: ECONNREFUSED\n',
    );
    expect(nowhere.stderr).not.toContain('hunter2');
  });

  it('starts without a Redis, and misses', { timeout }, async () => {
    const { address, stop } = await started(undefined, 'redis://127.0.0.1:9/0');
    await store(address, 'A-4001');
    expect([await read(address, 'A-4001'), await read(address, 'A-4001')]).toEqual(
      Array.from({ length: 2 }, () => '200 fwd=miss'),
    );
    expect(await stop()).toEqual([0, null]);
  });
});

it.each([
  ['nothing', '', 64, 'CACHE_KEY_INVALID'],
  ['a pattern', "'orders:*'", 64, 'CACHE_KEY_INVALID'],
  ['another key', 'products:A-1001', 64, 'CACHE_KEY_INVALID'],
  ['two keys', 'orders:A-1001 orders:A-1002', 64, 'CACHE_KEY_INVALID'],
  ['the memory of other processes', 'orders:A-1001', 1, 'CACHE_IN_PROCESS'],
])('does not clear %s', { timeout }, (_what, typed, status, code) => {
  const answer = run(`exec node src/clear-cache.ts ${typed}`, environment(temporaryFolder()));
  expect(answer).toMatchObject({ status, stdout: '' });
  expect(answer.stderr).toMatch(new RegExp(`^CacheError: .*\\. Nothing was cleared\\.\\n {3}code {6}${code}\\n`));
});
