/** The value below which a share of the samples lies; between two samples it is interpolated. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((left, right) => left - right);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new TypeError('there are no samples');
  return below + (above - below) * (position % 1);
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** How the median of some samples stands to the median of others. */
export function ratioOfMedians(samples: readonly number[], base: readonly number[]): number {
  return median(samples) / median(base);
}
