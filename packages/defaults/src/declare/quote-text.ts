const shownCharacters = 80;

/** A received text as an error may print it: in JSON quotes, and cut. */
export function quoteText(raw: string): string {
  // Characters, not code units: half of a pair cannot be printed. Twice as many units hold enough of them.
  const characters = Array.from(raw.slice(0, 2 * shownCharacters + 2));
  return JSON.stringify(
    characters.length > shownCharacters ? `${characters.slice(0, shownCharacters).join('')}…` : raw,
  );
}
