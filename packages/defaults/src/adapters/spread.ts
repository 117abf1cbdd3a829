/** A factor around 1: from `1 - jitter` up to `1 + jitter`. */
export function spread(jitter: number, random: () => number): number {
  return 1 + jitter * (2 * random() - 1);
}
