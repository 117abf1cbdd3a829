import { describe, expect, it } from 'vitest';

import { MemoryOrderCache } from '../../src/cache/memory-order-cache.ts';
import { atMostOften } from '../../src/cache/open-order-cache.ts';

const order = (orderNumber: string) => ({ orderNumber, sku: 'S', quantity: 1, createdAt: '2026-01-01T00:00:00.000Z' });

describe('the cache in memory', () => {
  it('forgets an entry when its time is over', async () => {
    let now = 0;
    const cache = new MemoryOrderCache(1_000, 10, () => now);
    await cache.set(order('A-1001'));
    now = 999;
    expect(await cache.get('A-1001')).toBeDefined();
    now = 1_000;
    expect(await cache.get('A-1001')).toBeUndefined();
  });

  it('drops the oldest entry when it is full', async () => {
    const cache = new MemoryOrderCache(1_000, 2, () => 0);
    const numbers = ['A-1001', 'A-1002', 'A-1003'];
    await Promise.all(numbers.map((number) => cache.set(order(number))));
    const found = await Promise.all(numbers.map((number) => cache.get(number)));
    expect(found.map((entry) => entry !== undefined)).toEqual([false, true, true]);
  });

  it('forgets one entry and no other', async () => {
    const cache = new MemoryOrderCache(1_000);
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
