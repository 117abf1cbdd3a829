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
  readonly #counts: number[] = [];

  /** A bucket may stand in the pairs more than once, in any order. */
  add(pairs: Pairs): StoredTimes {
    return isAscending(pairs) ? this.#append(pairs) : this.#append(addUp(pairs));
  }

  merge(left: StoredTimes, right: StoredTimes): StoredTimes {
    return this.add([...this.pairs(left), ...this.pairs(right)]);
  }

  pairs({ from, until }: StoredTimes): Pairs {
    return this.#buckets.slice(from, until).map((bucket, index) => [bucket, this.#counts[from + index] ?? 0]);
  }

  #append(pairs: Pairs): StoredTimes {
    const from = this.#buckets.length;
    let count = 0;
    for (const pair of pairs) {
      this.#buckets.push(pair[0]);
      this.#counts.push(pair[1]);
      count += pair[1];
    }
    return { count, from, until: this.#buckets.length };
  }

  countAbove({ count, from, until }: StoredTimes, edge: number): number {
    let above = count;
    for (let index = from; index < until && (this.#buckets[index] ?? Infinity) <= edge; index += 1) {
      above -= this.#counts[index] ?? 0;
    }
    return above;
  }

  addTo(histogram: Float64Array, { from, until }: StoredTimes): void {
    for (let index = from; index < until; index += 1) {
      const bucket = this.#buckets[index] ?? 0;
      histogram[bucket] = (histogram[bucket] ?? 0) + (this.#counts[index] ?? 0);
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
