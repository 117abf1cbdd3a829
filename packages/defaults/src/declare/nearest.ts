/** The number of single-character edits between two words (Levenshtein). */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (const [index, letter] of Array.from(left).entries()) {
    const next = [index + 1];
    for (const [column, other] of Array.from(right).entries()) {
      const substitution = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min((next[column] ?? 0) + 1, (row[column + 1] ?? 0) + 1, substitution));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

const nearEdits = 2;
const longestWord = 100;

/** The candidate within two edits of a word, or one that begins the word (`warning` and `warn`). */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word === '' || word.length > longestWord) return undefined;
  const ranked = candidates
    .map((candidate) => ({ candidate, edits: editDistance(word, candidate) }))
    .filter(({ candidate, edits }) => edits <= nearEdits || word.startsWith(candidate) || candidate.startsWith(word))
    .toSorted((left, right) => left.edits - right.edits);
  return ranked[0]?.candidate;
}

/** The candidate one or two edits away: near enough to call a name in the environment a typing error. */
export function misspelt(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > longestWord) return undefined;
  return candidates.find((candidate) => candidate !== word && isWithin(word, candidate, nearEdits));
}

/**
 * Whether so few edits make one word the other. Every environment variable meets every declared name at each start, so it
 * gives up at the first edit too many instead of filling a table.
 */
export function isWithin(left: string, right: string, edits: number): boolean {
  if (Math.abs(left.length - right.length) > edits) return false;
  let same = 0;
  while (same < left.length && left[same] === right[same]) same += 1;
  const [restLeft, restRight] = [left.slice(same), right.slice(same)];
  if (restLeft === '' || restRight === '') return true;
  if (edits === 0) return false;
  const [nextLeft, nextRight] = [restLeft.slice(1), restRight.slice(1)];
  return (
    isWithin(nextLeft, nextRight, edits - 1) ||
    isWithin(nextLeft, restRight, edits - 1) ||
    isWithin(restLeft, nextRight, edits - 1)
  );
}
