import { shuffle } from '../interleave.ts';
import { type Import, ours, plain, plainAgain, timeImport } from './imports.ts';

export type Rounds = ReadonlyMap<Import, readonly number[]>;

/** Every way once in each round, in another order each time; the first round is thrown away. */
export async function measureImports(rounds: number, commits: number): Promise<Rounds> {
  const samples = new Map<Import, number[]>([plain, plainAgain, ours].map((subject) => [subject, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const subject of shuffle([...samples.keys()])) {
      // oxlint-disable-next-line no-await-in-loop -- never two at the same time
      const usPerCommit = await timeImport(subject, commits);
      if (round > 0) samples.get(subject)?.push(usPerCommit);
    }
  }
  return samples;
}
