// What is done where no method is at hand: both look at all requests of thirty minutes before and after, hits and misses pooled.
import { bucketCount, lowerEdge, type MinuteRecord } from './healthcheck.ts';

function pool(records: readonly MinuteRecord[]): Float64Array {
  const buckets = new Float64Array(bucketCount);
  for (const { strata } of records) {
    for (const { times } of [strata.hit, strata.miss, strata.none]) {
      for (const [bucket, held] of times) buckets[bucket] = (buckets[bucket] ?? 0) + held;
    }
  }
  return buckets;
}

function middleOfQuantile(buckets: Float64Array, share: number): number {
  const rank = share * buckets.reduce((sum, held) => sum + held, 0);
  let seen = 0;
  const bucket = buckets.findIndex((held) => (seen += held) >= rank);
  return (lowerEdge(bucket) + lowerEdge(bucket + 1)) / 2;
}

/** The 95th percentile moved by more than a fifth. */
export function p95Moved(before: readonly MinuteRecord[], after: readonly MinuteRecord[]): boolean {
  const ratio = middleOfQuantile(pool(after), 0.95) / middleOfQuantile(pool(before), 0.95);
  return ratio > 1.2 || ratio < 1 / 1.2;
}

/** The rank-sum test of Mann and Whitney over all requests, two-sided at 5 %, with the correction for ties. */
export function mannWhitneyDiffers(before: readonly MinuteRecord[], after: readonly MinuteRecord[]): boolean {
  const [left, right] = [pool(before), pool(after)];
  const [n, m] = [left, right].map((buckets) => buckets.reduce((sum, held) => sum + held, 0)) as [number, number];
  let [below, rankSum, ties] = [0, 0, 0];
  for (const [bucket, held] of right.entries()) {
    const together = held + (left[bucket] ?? 0);
    rankSum += held * (below + (together + 1) / 2);
    below += together;
    ties += together ** 3 - together;
  }
  const total = n + m;
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)));
  return Math.abs(rankSum - (m * (m + 1)) / 2 - (n * m) / 2) / Math.sqrt(variance) > 1.959_964;
}
