import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { bucketOf, LogLinearHistogram, lowerEdge } from '../recording/log-linear-histogram.ts';
import { contractFolder } from '../testing/golden-state.ts';

interface Expected {
  readonly name: string;
  readonly buckets: readonly (readonly [bucket: number, count: number])[];
  readonly quantiles: Readonly<Record<string, number | null>>;
}

interface Golden {
  readonly edges: readonly { readonly bucket: number; readonly from: number; readonly below: number }[];
  readonly recorded: readonly (Expected & { readonly values: readonly number[] })[];
  readonly merged: readonly (Expected & { readonly parts: readonly (readonly number[])[] })[];
}

const golden = JSON.parse(readFileSync(path.join(contractFolder, 'histograms.json'), 'utf8')) as Golden;

function recorded(values: readonly number[]): LogLinearHistogram {
  const histogram = new LogLinearHistogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

function expectSame(histogram: LogLinearHistogram, { buckets, quantiles }: Expected): void {
  expect(histogram.sparse()).toEqual(buckets);
  const shares = Object.keys(quantiles);
  expect(Object.fromEntries(shares.map((share) => [share, histogram.quantile(Number(share))]))).toEqual(quantiles);
}

describe('the golden histograms', () => {
  it.each(golden.edges)('bucket $bucket holds $from and what is below $below', ({ bucket, from, below }) => {
    expect([lowerEdge(bucket), lowerEdge(bucket + 1)]).toEqual([from, below]);
    expect([bucketOf(from), bucketOf(below - 1)]).toEqual([bucket, bucket]);
  });

  it.each(golden.recorded)('record: $name', (each) => expectSame(recorded(each.values), each));

  it.each(golden.merged)('merge: $name', (each) => {
    const whole = new LogLinearHistogram();
    for (const part of each.parts) whole.merge(recorded(part));
    expectSame(whole, each);
  });
});
