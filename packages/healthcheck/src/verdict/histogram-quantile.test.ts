import { describe, expect, it } from 'vitest';

import { bucketOf, LogLinearHistogram } from '../recording/log-linear-histogram.ts';
import { quantileBucket, quantileUs, shareAboveUs, timesOf } from './histogram-quantile.ts';
import { TimesStore } from './times-store.ts';

const store = new TimesStore();
const empty = { requests: 0, databaseCalls: 0, store, times: store.add([]) };

function minute(values: readonly number[]) {
  const histogram = new LogLinearHistogram();
  for (const value of values) histogram.record(value);
  const miss = { requests: values.length, databaseCalls: 0, store, times: store.add(histogram.sparse()) };
  return { minute: 0, requests: values.length, errors: 0, strata: { hit: empty, miss, none: empty } };
}

describe('a quantile of a window', () => {
  const values = Array.from({ length: 1000 }, (_, index) => 1000 + index);
  const halves = [minute(values.slice(0, 500)), minute(values.slice(500))];

  it('is taken over all its minutes, and lies within its bucket', () => {
    const times = timesOf(halves, 'miss');
    expect(times.count).toBe(1000);
    // Values are spread evenly here, as is taken for granted within a bucket.
    expect(quantileUs(times, 0.5)).toBeCloseTo(1500, 6);
    expect(quantileUs(times, 0.95)).toBeCloseTo(1950, 6);
  });

  it('is in the bucket that the histogram of the recording names', () => {
    const edges = [0.5, 0.95].map((share) => quantileBucket(timesOf(halves, 'miss'), share));
    expect(edges).toEqual([bucketOf(1499), bucketOf(1949)]);
  });

  it('has as many times above it as it should', () => {
    const times = timesOf(halves, 'miss');
    for (const share of [0.1, 0.5, 0.95])
      expect(shareAboveUs(times, quantileUs(times, share))).toBeCloseTo(1 - share, 9);
    expect([shareAboveUs(times, 0), shareAboveUs(times, 1e9)]).toEqual([1, 0]);
  });

  it('has nothing to be taken from in a stratum without requests', () => {
    expect(timesOf(halves, 'hit').count).toBe(0);
  });
});
