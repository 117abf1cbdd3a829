import { bucketCount, bucketOf, lowerEdge } from '../recording/log-linear-histogram.ts';
import type { CacheClass } from '../recording/request-marks.ts';

import type { Minute } from './release-minutes.ts';

/** The response times of one stratum over a window. */
export interface Times {
  readonly buckets: Float64Array;
  readonly count: number;
}

export function timesOf(minutes: readonly Minute[], stratum: CacheClass): Times {
  const buckets = new Float64Array(bucketCount);
  let total = 0;
  for (const { strata } of minutes) {
    const { store, times } = strata[stratum];
    store.addTo(buckets, times);
    total += times.count;
  }
  return { buckets, count: total };
}

/** The bucket that holds the time of rank `share * count`, and how many times lie below that bucket. */
function locate({ buckets, count }: Times, share: number): { readonly bucket: number; readonly below: number } {
  const rank = Math.max(1, share * count);
  let below = 0;
  for (let bucket = 0; bucket < bucketCount; bucket += 1) {
    const held = buckets[bucket] ?? 0;
    if (below + held >= rank) return { bucket, below };
    below += held;
  }
  return { bucket: bucketCount - 1, below };
}

export function quantileBucket(times: Times, share: number): number {
  return locate(times, share).bucket;
}

/** In microseconds; within its bucket, times are taken to be spread evenly. There has to be one. */
export function quantileUs(times: Times, share: number): number {
  const { bucket, below } = locate(times, share);
  const rank = Math.max(1, share * times.count);
  const within = (rank - below) / (times.buckets[bucket] ?? Number.NaN);
  const edge = lowerEdge(bucket);
  return edge + within * (lowerEdge(bucket + 1) - edge);
}

/** The share of times above some microseconds; within its bucket, times are taken to be spread evenly. */
export function shareAboveUs({ buckets, count }: Times, us: number): number {
  const own = bucketOf(us);
  let above = 0;
  for (let bucket = own + 1; bucket < bucketCount; bucket += 1) above += buckets[bucket] ?? 0;
  const edge = lowerEdge(own + 1);
  const within = (edge - us) / (edge - lowerEdge(own));
  return (above + within * (buckets[own] ?? 0)) / count;
}
