type Pairs = readonly (readonly [bucket: number, count: number])[];

/** The response times of one minute: a stretch of the store that holds those of all minutes. */
export interface StoredTimes {
  readonly count: number;
  readonly from: number;
  readonly until: number;
}

/**
 * The sparse histograms of many minutes, one after the other, each in the order of its buckets.
 *
 * Every minute is counted some ten times over, and a day has a hundred thousand buckets: as small arrays they would
 * lie all over the memory.
 */
export class TimesStore {
  readonly #buckets: number[] = [];
  /** How many times of the same minute lie in this bucket or below. */
  readonly #sums: number[] = [];

  /** A bucket may stand in the pairs more than once, in any order. */
  add(pairs: Pairs): StoredTimes {
    return isAscending(pairs) ? this.#append(pairs) : this.#append(addUp(pairs));
  }

  merge(left: StoredTimes, right: StoredTimes): StoredTimes {
    return this.add([...this.pairs(left), ...this.pairs(right)]);
  }

  pairs({ from, until }: StoredTimes): Pairs {
    const sums = [0, ...this.#sums.slice(from, until)];
    return this.#buckets.slice(from, until).map((bucket, at) => [bucket, (sums[at + 1] ?? 0) - (sums[at] ?? 0)]);
  }

  #append(pairs: Pairs): StoredTimes {
    const from = this.#buckets.length;
    let count = 0;
    for (const pair of pairs) {
      count += pair[1];
      this.#buckets.push(pair[0]);
      this.#sums.push(count);
    }
    return { count, from, until: this.#buckets.length };
  }

  countAbove({ count, from, until }: StoredTimes, edge: number): number {
    let [low, high] = [from, until];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#buckets[middle] ?? 0) <= edge) low = middle + 1;
      else high = middle;
    }
    return low === from ? count : count - (this.#sums[low - 1] ?? 0);
  }

  addTo(histogram: Float64Array, { from, until }: StoredTimes): void {
    let below = 0;
    for (let index = from; index < until; index += 1) {
      const bucket = this.#buckets[index] ?? 0;
      const sum = this.#sums[index] ?? 0;
      histogram[bucket] = (histogram[bucket] ?? 0) + sum - below;
      below = sum;
    }
  }
}

function isAscending(pairs: Pairs): boolean {
  let last = -1;
  for (const pair of pairs) {
    if (pair[0] <= last) return false;
    last = pair[0];
  }
  return true;
}

function addUp(pairs: Pairs): Pairs {
  const held = new Map<number, number>();
  for (const [bucket, count] of pairs) held.set(bucket, (held.get(bucket) ?? 0) + count);
  return [...held].sort(([left], [right]) => left - right);
}
