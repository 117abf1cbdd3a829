const subBuckets = 16;
const highest = 2 ** 32 - 1;
const bucketCount = 464;

/**
 * Counts whole numbers from 0 to 2^32-1 (as microseconds: 71 minutes) in 464 buckets, 16 to the octave.
 *
 * Below 16 a bucket holds one number; above, it is at most 1/16 of its lower edge wide, so its middle is within 3.2 %.
 */
export class LogLinearHistogram {
  readonly #buckets = new Uint32Array(bucketCount);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  record(value: number): void {
    // Comparing this way round sends NaN to 0 as well.
    const whole = value > 0 ? Math.min(Math.floor(value), highest) : 0;
    const octave = whole < subBuckets ? 0 : 27 - Math.clz32(whole);
    const index = octave * subBuckets + (whole >>> octave);
    this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
    this.#count += 1;
  }

  /** The middle of the bucket that holds the value of rank `share * count`; null when nothing was recorded. */
  quantile(share: number): number | null {
    if (this.#count === 0) return null;
    const rank = Math.max(1, share * this.#count);
    let seen = 0;
    const index = this.#buckets.findIndex((count) => (seen += count) >= rank);
    if (index < subBuckets) return index;
    const octave = Math.floor(index / subBuckets) - 1;
    // Not a shift: the upper octaves would turn negative.
    const width = 2 ** octave;
    return ((index % subBuckets) + subBuckets) * width + width / 2;
  }

  merge(other: LogLinearHistogram): void {
    for (const [index, count] of other.#buckets.entries()) {
      this.#buckets[index] = (this.#buckets[index] ?? 0) + count;
    }
    this.#count += other.#count;
  }

  clear(): void {
    this.#buckets.fill(0);
    this.#count = 0;
  }
}
