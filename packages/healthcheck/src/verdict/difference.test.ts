import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { clusteredDifference } from './clustered-difference.ts';
import { fewestMinutes, type MinuteRatio } from './difference.ts';
import { lagOneInflation } from './lag-one-inflation.ts';
import { fewestPairs, pairedDifference } from './paired-difference.ts';

function minutes(events: readonly number[], outOf = 100, from = 0): MinuteRatio[] {
  return events.map((count, index) => ({ minute: from + index, events: count, outOf }));
}

const alternating = (count: number, low: number, high: number) =>
  Array.from({ length: count }, (_, index) => (index % 2 === 0 ? low : high));

describe('the inflation by the correlation of neighbouring minutes', () => {
  const residuals = (values: readonly number[], step = 1) =>
    values.map((value, index) => ({ minute: index * step, value }));

  it('is little more than 1 where neighbours pull in opposite directions', () => {
    expect(lagOneInflation([residuals(alternating(30, -1, 1))])).toBe(1);
  });

  it('is large where they go together, and bounded', () => {
    const together = residuals(Array.from({ length: 40 }, (_, index) => (index < 20 ? -1 : 1)));
    expect(lagOneInflation([together])).toBeCloseTo(19, 9);
  });

  it('is corrected for the bias of short series', () => {
    // Products sum up to 1, squares to 4: r = 0.25, and (1 + 4 r) / 4 on top.
    expect(lagOneInflation([residuals([1, 1, 1, -1])])).toBeCloseTo((1 + 0.75) / (1 - 0.75), 9);
    expect(lagOneInflation([residuals([1, 1, 1, 1])])).toBeCloseTo(19, 9);
  });

  it('knows nothing across a gap', () => {
    const together = Array.from({ length: 40 }, (_, index) => (index < 20 ? -1 : 1));
    expect(lagOneInflation([residuals(together, 2)])).toBeCloseTo((1 + 1 / 40) / (1 - 1 / 40), 9);
  });

  it('is defined where nothing varies', () => {
    expect(lagOneInflation([residuals([0, 0, 0, 0])])).toBeCloseTo(1.25 / 0.75, 9);
  });
});

describe('the difference of two windows', () => {
  it('is the one of a textbook where minutes do not depend on each other', () => {
    const before = minutes(alternating(20, 8, 12));
    const after = minutes(alternating(10, 18, 22), 100, 50);
    const found = clusteredDifference(before, after)!;
    // Each residual is 2 of 100 requests: the variance of a mean of n minutes is n / (n - 1) * n * 4 / (100 n)^2.
    const variance = (count: number) => ((count / (count - 1)) * count * 4) / (100 * count) ** 2;
    expect(found.before).toBeCloseTo(0.1, 12);
    expect(found.after).toBeCloseTo(0.2, 12);
    expect(found.standardError).toBeCloseTo(Math.sqrt(variance(20) + variance(10)), 12);
    expect(found.z).toBeCloseTo(0.1 / found.standardError, 9);
    expect(found.degreesOfFreedom).toBe(28);
    expect(found.outOf).toEqual({ before: 2000, after: 1000 });
  });

  it('is not known with too few minutes that have a request', () => {
    const enough = minutes(alternating(fewestMinutes, 1, 2));
    const fewer = [...enough.slice(1), { minute: 99, events: 0, outOf: 0 }];
    expect(clusteredDifference(enough, enough)).toBeDefined();
    expect(clusteredDifference(enough, fewer)).toBeUndefined();
    expect(clusteredDifference(fewer, enough)).toBeUndefined();
    expect(clusteredDifference([], [])).toBeUndefined();
  });

  it('is sure, and finite, where neither side varies', () => {
    const constant = (events: number) => minutes(Array.from({ length: 10 }, () => events));
    expect(clusteredDifference(constant(3), constant(3))?.z).toBe(0);
    expect(clusteredDifference(constant(0), constant(0))?.z).toBe(0);
    expect(clusteredDifference(constant(3), constant(5))?.z).toBeCloseTo(4e8, 0);
    expect(clusteredDifference(constant(5), constant(0))?.z).toBeCloseTo(-1e9, 0);
  });

  it('takes no rounding for a change', () => {
    const odd = (outOf: number) => Array.from({ length: 9 }, (_, at) => ({ minute: at, events: outOf * 0.7, outOf }));
    expect(Math.abs(clusteredDifference(odd(3), odd(7))!.z)).toBeLessThan(1e-5);
  });
});

describe('the difference of two releases side by side', () => {
  it('cancels what a minute did to both', () => {
    const load = Array.from({ length: 20 }, (_, index) => 10 + 3 * (index % 7));
    const before = minutes(load);
    const after = minutes(load.map((events, index) => events + 10 + (index % 2)));
    const found = pairedDifference(before, after)!;
    expect(found.after - found.before).toBeCloseTo(0.105, 12);
    // The differences are 0.10 and 0.11: a standard deviation of 0.005 * sqrt(20 / 19).
    expect(found.standardError).toBeCloseTo((0.005 * Math.sqrt(20 / 19)) / Math.sqrt(20), 12);
    expect(found.degreesOfFreedom).toBe(19);
    expect(found.z).toBeGreaterThan(clusteredDifference(before, after)!.z);
  });

  it('needs ten minutes in which both had a request', () => {
    const left = minutes(alternating(fewestPairs, 1, 2));
    expect(pairedDifference(left, left)).toBeDefined();
    expect(pairedDifference(left.slice(1), left)).toBeUndefined();
    expect(pairedDifference(left, [...left.slice(1), { minute: 0, events: 0, outOf: 0 }])).toBeUndefined();
    expect(pairedDifference(left, minutes([1, 2, 3], 100, 500))).toBeUndefined();
  });

  it('does not depend on the order, nor on minutes of one release alone', () => {
    const ratio = fc.record({ minute: fc.nat({ max: 40 }), events: fc.nat({ max: 50 }), outOf: fc.nat({ max: 50 }) });
    const side = fc.uniqueArray(ratio, { selector: ({ minute }) => minute, minLength: 12 });
    fc.assert(
      fc.property(side, side, (left, right) => {
        const found = pairedDifference(left, right);
        expect(pairedDifference(left.toReversed(), right)).toEqual(found);
        expect(pairedDifference([...left, { minute: 99, events: 1, outOf: 2 }], right)).toEqual(found);
        expect(Number.isFinite(found?.z ?? 0)).toBe(true);
      }),
    );
  });
});
