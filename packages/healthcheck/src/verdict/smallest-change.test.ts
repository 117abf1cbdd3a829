import { describe, expect, it } from 'vitest';

import type { Comparison } from './compare-windows.ts';
import type { Difference } from './difference.ts';
import { smallestChange } from './smallest-change.ts';

/** A difference of two equal ratios whose spread is that of independent requests. */
function binomial(share: number, count: number): Difference {
  const standardError = Math.sqrt((2 * share * (1 - share)) / count);
  const outOf = { before: count, after: count };
  return { before: share, after: share, outOf, standardError, z: 0, degreesOfFreedom: 20 };
}

function errorsOf(difference: Difference): Comparison {
  return { stratum: null, kind: 'errors', difference, before: difference.before, after: difference.after };
}

/** A thousand times in each of the 16 buckets of the octave from 32.768 to 65.536 ms, whose middle is 49.152 ms. */
function times() {
  const buckets = new Float64Array(464);
  for (let bucket = 192; bucket < 208; bucket += 1) buckets[bucket] = 1000;
  return { buckets, count: 16_000 };
}

function timesOf(kind: 'p50' | 'p95', share: number, count: number, before: number): Comparison {
  return { stratum: 'miss', kind, difference: binomial(share, count), before, after: before, times: times() };
}

const needing = (comparison: Comparison, fromNothing: number, fromEffect = 0) => ({
  comparison,
  fromNothing,
  fromEffect,
});

describe('the smallest change that would have shown', () => {
  it('is none where nothing was compared', () => {
    const none = { hit: null, miss: null, none: null };
    expect(smallestChange([])).toEqual({ slowDown: none, errorRate: null, databaseCalls: none });
  });

  it('is so many standard errors away, which grow with the share', () => {
    const rate = smallestChange([needing(errorsOf(binomial(0.01, 10_000)), 4)]).errorRate!;
    const spread = Math.sqrt((0.01 * 0.99 + rate * (1 - rate)) / 10_000);
    expect((rate - 0.01) / spread).toBeCloseTo(4, 9);
  });

  it('is further away where minutes add to the spread', () => {
    const independent = binomial(0.01, 10_000);
    const bursts = { ...independent, standardError: 2 * independent.standardError };
    const rate = smallestChange([needing(errorsOf(bursts), 4)]).errorRate!;
    // Three times the variance is added to that of independent requests, and grows as the square.
    const [before, after] = [0.01 * 0.99, rate * (1 - rate)];
    const spread = Math.sqrt((before * 4 + after * (1 + 3 * (after / before))) / 10_000);
    expect((rate - 0.01) / spread).toBeCloseTo(4, 9);
  });

  it('is never below the effect that matters, and has to be measured as larger than that', () => {
    const sure = { ...binomial(0.01, 1e12), standardError: 1e-12 };
    expect(smallestChange([needing(errorsOf(sure), 4)]).errorRate).toBeCloseTo(0.012, 5);
    expect(smallestChange([needing(timesOf('p50', 0.5, 1e12, 8), 4)]).slowDown.miss).toBeCloseTo(1 / 8, 5);
    const unsure = binomial(0.01, 1e6);
    const rate = smallestChange([needing(errorsOf(unsure), 4, 3)]).errorRate!;
    const spread = Math.sqrt((0.01 * 0.99 + rate * (1 - rate)) / 1e6);
    expect((rate - 0.012) / spread).toBeCloseTo(3, 9);
  });

  it('counts errors from nothing as a binomial share', () => {
    // s = 4 sqrt(s (1 - s) / n), that is s = 16 / (n + 16).
    expect(smallestChange([needing(errorsOf(binomial(0, 5000)), 4)]).errorRate).toBeCloseTo(16 / 5016, 9);
  });

  it('moves the times so far that so many more lie above the edge', () => {
    const certain = { ...binomial(0.5, 1e9), standardError: 0 };
    const slowDowns = [0.65, 0.75, 0.9].map((share) => {
      const needed = (share - 0.5) / Math.sqrt((0.25 + share * (1 - share)) / 1e9);
      return smallestChange([needing({ ...timesOf('p50', 0.5, 1e9, 48), difference: certain }, needed)]).slowDown.miss!;
    });
    // With a share of 0.75 above the middle, the times from a quarter of the octave on have moved there.
    const expected = [1.35, 1.25, 1.1].map((quantile) => 1.5 / quantile - 1);
    for (const [index, slowDown] of slowDowns.entries()) expect(slowDown).toBeCloseTo(expected[index]!, 9);
  });

  it('is that of the more sensitive quantile', () => {
    const [median, tail] = [
      needing(timesOf('p50', 0.5, 4000, 48), 4),
      needing(timesOf('p95', 0.05, 500, 62), 4),
    ] as const;
    const alone = [median, tail].map((one) => smallestChange([one]).slowDown.miss!);
    expect(smallestChange([median, tail]).slowDown.miss).toBe(Math.min(...alone));
    expect(smallestChange([tail, median]).slowDown.miss).toBe(Math.min(...alone));
  });

  it('is none where even every request above the edge would not do', () => {
    const blind = { ...binomial(0.5, 40), standardError: 0.6 };
    const comparison = { ...timesOf('p50', 0.5, 40, 48), difference: blind };
    expect(smallestChange([needing(comparison, 4)]).slowDown.miss).toBeNull();
  });

  it('of database calls is a number of calls', () => {
    const difference = { ...binomial(0.5, 100), before: 3, after: 3, standardError: 0.2 };
    const comparison: Comparison = { stratum: 'miss', kind: 'databaseCalls', difference, before: 3, after: 3 };
    expect(smallestChange([needing(comparison, 4)]).databaseCalls.miss).toBeCloseTo(0.8, 12);
    expect(smallestChange([needing(comparison, 2, 1)]).databaseCalls.miss).toBeCloseTo(0.5, 12);
  });
});
