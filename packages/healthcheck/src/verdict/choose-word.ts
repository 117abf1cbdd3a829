import type { DeployTest, VerdictWord } from './deploy-verdict.ts';

export type Direction = VerdictWord | 'fewer errors' | 'less database work';

/** Which way a test went, whether or not that counts as a change. */
export function directionOf({ kind, before, after }: DeployTest): Direction {
  const more = after > before;
  if (kind === 'errors') return more ? 'more errors' : 'fewer errors';
  if (kind === 'databaseCalls') return more ? 'more database work' : 'less database work';
  return more ? 'slower' : 'faster';
}

/** From what has to be known first to what can wait; fewer errors and less database work have no word of their own. */
const wordsByUrgency: readonly VerdictWord[] = ['more errors', 'slower', 'more database work', 'faster'];

/** The word for what was found; `complete` where enough was compared to say that nothing changed. */
export function chooseWord(tests: readonly DeployTest[], complete: boolean): VerdictWord {
  const directions = new Set(tests.filter(({ changed }) => changed).map(directionOf));
  const found = wordsByUrgency.find((word) => directions.has(word));
  return found ?? (complete ? 'no change seen' : 'not enough data');
}
