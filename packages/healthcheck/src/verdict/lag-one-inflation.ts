/** What is left of a minute after the mean of its side is taken away. */
export interface Residual {
  readonly minute: number;
  readonly value: number;
}

/**
 * By how much the variance of a mean is larger than minutes that do not depend on each other would make it.
 *
 * (1 + r) / (1 - r), where r is the correlation of neighbouring minutes, pooled over both sides and corrected for its
 * bias in short series.
 */
export function lagOneInflation(sides: readonly (readonly Residual[])[]): number {
  let products = 0;
  let squares = 0;
  let count = 0;
  for (const side of sides) {
    for (const [index, { minute, value }] of side.entries()) {
      squares += value * value;
      count += 1;
      const previous = side[index - 1];
      // Across a gap nothing is known about the correlation.
      if (previous !== undefined && minute - previous.minute === 1) products += value * previous.value;
    }
  }
  const raw = squares === 0 ? 0 : products / squares;
  const correlation = Math.min(0.9, Math.max(0, raw + (1 + 4 * raw) / count));
  return (1 + correlation) / (1 - correlation);
}
