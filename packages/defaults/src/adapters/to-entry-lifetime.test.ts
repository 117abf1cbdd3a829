import fc from 'fast-check';
import { expect, it } from 'vitest';

import { loadShipped } from '../testing/shipped-groups.ts';

import { toEntryLifetime } from './to-entry-lifetime.ts';

const { cache } = loadShipped();

it('what was found lives its time, give or take a tenth', () => {
  const drawn = [0, 0.5, 0.999_999].map((random) => toEntryLifetime(cache, { found: true }, () => random));
  expect(drawn).toEqual([
    { softTtlMs: 54_000, ttlMs: 270_000 },
    { softTtlMs: 60_000, ttlMs: 300_000 },
    { softTtlMs: 66_000, ttlMs: 330_000 },
  ]);
});

it('what was not found lives shortly, and is never served beyond it', () => {
  expect(toEntryLifetime(cache, { found: false }, () => 0.5)).toEqual({ softTtlMs: 30_000, ttlMs: 30_000 });
});

it('an entry is renewed before it is gone, and Redis takes every lifetime', () => {
  const lifetimes = fc.record({
    ttlMs: fc.integer({ min: 1, max: 1_000_000 }),
    softTtlMs: fc.integer({ min: 1, max: 1_000_000 }),
    negativeTtlMs: fc.integer({ min: 1, max: 1_000_000 }),
    ttlJitter: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(
      lifetimes,
      fc.boolean(),
      fc.double({ min: 0, max: 0.999_999, noNaN: true }),
      (settings, found, drawn) => {
        const { softTtlMs, ttlMs } = toEntryLifetime(settings, { found }, () => drawn);
        expect(Number.isSafeInteger(ttlMs) && softTtlMs >= 1 && softTtlMs <= ttlMs).toBe(true);
      },
    ),
  );
});
