const subBuckets = 16;
const highest = 2 ** 32 - 1;

/** How many buckets a histogram has: 16 for the numbers below 16, and 16 for each of the 28 octaves above. */
export const bucketCount = 464;

/** The bucket that counts a value; for a value that is no number above 0, the first. */
export function bucketOf(value: number): number {
  // Comparing this way round sends NaN to 0 as well.
  const whole = value > 0 ? Math.min(Math.floor(value), highest) : 0;
  const octave = whole < subBuckets ? 0 : 27 - Math.clz32(whole);
  return octave * subBuckets + (whole >>> octave);
}

/** The smallest value of a bucket. The bucket after the last begins at 2^32. */
export function lowerEdge(bucket: number): number {
  if (bucket < subBuckets) return bucket;
  // Not a shift: the upper octaves would turn negative.
  return ((bucket % subBuckets) + subBuckets) * 2 ** (Math.floor(bucket / subBuckets) - 1);
}

/**
 * Counts whole numbers from 0 to 2^32-1 (as microseconds: 71 minutes) in 464 buckets, 16 to the octave.
 *
 * Below 16 a bucket holds one number; above, it is at most 1/16 of its lower edge wide, so its middle is within 3.2 %.
 */
export class LogLinearHistogram {
  // Most histograms of a quiet route stay empty, and an empty one costs nothing.
  #buckets: Uint32Array | undefined;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  record(value: number): void {
    this.add(bucketOf(value), 1);
  }

  /** Adds to one bucket, as when a sparse histogram is read back. A bucket that does not exist is left out. */
  add(bucket: number, count: number): void {
    const buckets = (this.#buckets ??= new Uint32Array(bucketCount));
    const before = buckets[bucket];
    if (before === undefined) return;
    buckets[bucket] = before + count;
    this.#count += count;
  }

  /** The buckets that hold anything, in order. */
  sparse(): (readonly [bucket: number, count: number])[] {
    const found: (readonly [number, number])[] = [];
    if (this.#count === 0) return found;
    this.#buckets?.forEach((count, bucket) => {
      if (count > 0) found.push([bucket, count]);
    });
    return found;
  }

  /** The middle of the bucket that holds the value of rank `share * count`; null when nothing was recorded. */
  quantile(share: number): number | null {
    if (this.#count === 0 || this.#buckets === undefined) return null;
    const rank = Math.max(1, share * this.#count);
    let seen = 0;
    const bucket = this.#buckets.findIndex((count) => (seen += count) >= rank);
    return bucket < subBuckets ? bucket : (lowerEdge(bucket) + lowerEdge(bucket + 1)) / 2;
  }

  merge(other: LogLinearHistogram): void {
    if (other.#count === 0) return;
    const buckets = (this.#buckets ??= new Uint32Array(bucketCount));
    other.#buckets?.forEach((count, bucket) => {
      buckets[bucket] = (buckets[bucket] ?? 0) + count;
    });
    this.#count += other.#count;
  }

  clear(): void {
    if (this.#count > 0) this.#buckets?.fill(0);
    this.#count = 0;
  }
}
