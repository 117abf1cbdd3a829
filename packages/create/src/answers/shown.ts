const longest = 60;

/** A value as a message shows it: short, on one line, and without a character that a terminal would obey. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const characters = Array.from(text);
  const cut = characters.length > longest ? `${characters.slice(0, longest).join('')}…` : text;
  const quoted = typeof value === 'string' ? JSON.stringify(cut) : cut;
  // JSON leaves these alone: control characters above ASCII, marks of direction, line separators.
  return quoted.replaceAll(
    /[\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069]/g,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
