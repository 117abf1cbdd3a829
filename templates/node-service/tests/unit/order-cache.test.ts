import { describe, expect, it } from 'vitest';

import { MemoryOrderCache } from '../../src/cache/memory-order-cache.ts';
import { atMostOften, orderLifetime } from '../../src/cache/open-order-cache.ts';
import { loadServiceSettings } from '../../src/settings.ts';

const order = (orderNumber: string) => ({ orderNumber, sku: 'S', quantity: 1, createdAt: '2026-01-01T00:00:00.000Z' });

describe('the cache in memory', () => {
  it('forgets an entry when its time is over', async () => {
    let now = 0;
    const cache = new MemoryOrderCache(
      () => 1_000,
      10,
      () => now,
    );
    await cache.set(order('A-1001'));
    now = 999;
    expect(await cache.get('A-1001')).toBeDefined();
    now = 1_000;
    expect(await cache.get('A-1001')).toBeUndefined();
  });

  it('draws a lifetime for each entry', async () => {
    let now = 0;
    const lifetimes = [1_000, 2_000];
    const cache = new MemoryOrderCache(
      () => lifetimes.shift() ?? 0,
      10,
      () => now,
    );
    await cache.set(order('A-1001'));
    await cache.set(order('A-1002'));
    now = 1_500;
    expect([await cache.get('A-1001'), await cache.get('A-1002')]).toEqual([undefined, order('A-1002')]);
  });

  it.each([
    [{}, 0, 270_000],
    [{}, 0.5, 300_000],
    [{ CACHE_TTL_JITTER: '0.5' }, 1, 450_000],
    [{ CACHE_TTL_JITTER: '0', ORDER_CACHE_TTL: '1m' }, 1, 60_000],
  ])('keeps an order about as long as ORDER_CACHE_TTL says: %j, drawn %d', (env, drawn, lifetimeMs) => {
    const { settings } = loadServiceSettings({ DEPLOY_ENVIRONMENT: 'test', ...env });
    expect(orderLifetime(settings, () => drawn)()).toBe(lifetimeMs);
  });

  it('drops the oldest entry when it is full', async () => {
    const cache = new MemoryOrderCache(
      () => 1_000,
      2,
      () => 0,
    );
    const numbers = ['A-1001', 'A-1002', 'A-1003'];
    await Promise.all(numbers.map((number) => cache.set(order(number))));
    const found = await Promise.all(numbers.map((number) => cache.get(number)));
    expect(found.map((entry) => entry !== undefined)).toEqual([false, true, true]);
  });

  it('forgets one entry and no other', async () => {
    const cache = new MemoryOrderCache(() => 1_000);
    await cache.set(order('A-1001'));
    await cache.set(order('A-1002'));
    await cache.forget('A-1001');
    expect([await cache.get('A-1001'), await cache.get('A-1002')]).toEqual([undefined, order('A-1002')]);
  });
});

it('what fails again and again is told once a minute', () => {
  let now = 0;
  const told: unknown[] = [];
  const tell = atMostOften(
    60_000,
    (error) => told.push(error),
    () => now,
  );
  for (const at of [0, 1, 59_999, 60_000, 60_001]) {
    now = at;
    tell(at);
  }
  expect(told).toEqual([0, 60_000]);
});
