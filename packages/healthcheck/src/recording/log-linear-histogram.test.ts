import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogLinearHistogram } from './log-linear-histogram.ts';

const shares = [0, 0.01, 0.5, 0.95, 0.99, 1];
const highest = 2 ** 32 - 1;
const microseconds = fc.oneof(fc.nat({ max: 64 }), fc.nat({ max: 1_000_000 }), fc.integer({ min: 0, max: highest }));

function histogramOf(values: readonly number[]): LogLinearHistogram {
  const histogram = new LogLinearHistogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

const quantiles = (histogram: LogLinearHistogram): (number | null)[] =>
  shares.map((share) => histogram.quantile(share));

describe('a log-linear histogram', () => {
  it('answers null while nothing was recorded', () => {
    expect(quantiles(new LogLinearHistogram())).toEqual([null, null, null, null, null, null]);
  });

  it('is exact below 16', () => {
    const values = Array.from({ length: 16 }, (_, index) => index);
    expect(values.map((value) => histogramOf([value]).quantile(0.5))).toEqual(values);
  });

  it('is within 6.25 % of the exact quantile', () => {
    const property = fc.property(fc.array(microseconds, { minLength: 1, maxLength: 200 }), (values) => {
      const sorted = [...values].sort((left, right) => left - right);
      const histogram = histogramOf(values);
      for (const share of shares) {
        const exact = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? Number.NaN;
        expect(Math.abs((histogram.quantile(share) ?? Number.NaN) - exact)).toBeLessThanOrEqual(exact * 0.0625);
      }
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('has quantiles that never fall as the share grows', () => {
    const property = fc.property(fc.array(microseconds, { minLength: 1 }), (values) => {
      const found = quantiles(histogramOf(values)).map(Number);
      expect(found).toEqual([...found].sort((left, right) => left - right));
    });
    fc.assert(property);
  });

  it('merges to what recording everything together gives', () => {
    const property = fc.property(fc.array(microseconds), fc.array(microseconds), (left, right) => {
      const merged = histogramOf(left);
      merged.merge(histogramOf(right));
      expect(merged).toEqual(histogramOf([...left, ...right]));
      expect([merged.count, quantiles(merged)]).toEqual([
        left.length + right.length,
        quantiles(histogramOf([...left, ...right])),
      ]);
    });
    fc.assert(property);
  });

  it.each([3_600_000_000, 2 ** 31, 2 ** 31 - 1])('holds %d microseconds, about an hour', (value) => {
    const found = histogramOf([value]).quantile(0.5) ?? 0;
    expect(Math.abs(found - value) / value).toBeLessThanOrEqual(0.0625);
  });

  it.each([2 ** 32, 1e15, Number.POSITIVE_INFINITY])('counts %d as the longest time it knows', (value) => {
    expect(histogramOf([value]).quantile(0.5)).toBe(histogramOf([highest]).quantile(0.5));
    expect(histogramOf([value]).count).toBe(1);
  });

  it.each([-1, -0, Number.NaN, 0.9])('counts %d as 0', (value) => {
    expect(histogramOf([value]).quantile(0.5)).toBe(0);
  });

  it('is empty after it was cleared', () => {
    const histogram = histogramOf([1, 1000]);
    histogram.clear();
    expect([histogram.count, histogram.quantile(0.5)]).toEqual([0, null]);
  });
});
