const shownCharacters = 80;

/** A received text as an error may print it: in JSON quotes, and cut. */
export function quoteText(raw: string): string {
  return JSON.stringify(raw.length > shownCharacters ? `${raw.slice(0, shownCharacters)}…` : raw);
}
