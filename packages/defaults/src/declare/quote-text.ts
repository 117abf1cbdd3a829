const shownCharacters = 80;
const readCharacters = 1_000;

/** Hides user name and password of a URL inside any text: nobody expects one there, and it happens. */
export function maskUserInfo(text: string): string {
  return text.replaceAll(/:\/\/[^]*@/g, '://***:***@');
}

/** The beginning of a long text; nobody knows where a password in it ends, so a URL in it is not shown. */
function beginningOf(raw: string): string {
  if (raw.length <= readCharacters) return maskUserInfo(raw);
  const head = raw.slice(0, readCharacters);
  const scheme = head.indexOf('://');
  return scheme === -1 ? head : `${head.slice(0, scheme)}://…`;
}

/** A received text as an error may print it: in JSON quotes, and cut. */
export function quoteText(raw: string): string {
  // Characters, not code units: half of a pair cannot be printed.
  const characters = Array.from(beginningOf(raw));
  const shown = characters.slice(0, shownCharacters).join('');
  return JSON.stringify(characters.length > shownCharacters ? `${shown}…` : shown);
}
