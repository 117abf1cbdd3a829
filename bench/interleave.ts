/** The same items in another order. */
export function shuffle<T>(items: readonly T[], random: () => number = Math.random): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((left, right) => left.at - right.at)
    .map(({ item }) => item);
}

/**
 * Samples every subject once in each round, in another order each time, so that what the machine does meanwhile meets all alike.
 *
 * A round before the first warms the caches of the disk and is thrown away.
 */
export function interleave<S, T>(
  subjects: readonly S[],
  rounds: number,
  sample: (subject: S, round: number) => T,
): Map<S, T[]> {
  const samples = new Map<S, T[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const subject of shuffle(subjects)) {
      const taken = sample(subject, round);
      if (round > 0) samples.get(subject)?.push(taken);
    }
  }
  return samples;
}
