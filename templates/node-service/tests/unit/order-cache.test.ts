import { describe, expect, it } from 'vitest';

import { OrderCache } from '../../src/order-cache.ts';

const order = (orderNumber: string) => ({ orderNumber, sku: 'S', quantity: 1, createdAt: '2026-01-01T00:00:00.000Z' });

describe('the order cache', () => {
  it('forgets an entry when its time is over', () => {
    let now = 0;
    const cache = new OrderCache(1_000, 10, () => now);
    cache.set(order('A-1001'));
    now = 999;
    expect(cache.get('A-1001')).toBeDefined();
    now = 1_000;
    expect(cache.get('A-1001')).toBeUndefined();
  });

  it('drops the oldest entry when it is full', () => {
    const cache = new OrderCache(1_000, 2, () => 0);
    for (const number of ['A-1001', 'A-1002', 'A-1003']) cache.set(order(number));
    expect(['A-1001', 'A-1002', 'A-1003'].map((number) => cache.get(number) !== undefined)).toEqual([
      false,
      true,
      true,
    ]);
  });
});
