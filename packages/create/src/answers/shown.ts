import { printable } from '../printable.ts';

const longest = 60;

/** A value as a message shows it: short, on one line, and without a character that a terminal would obey. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const characters = Array.from(text);
  const cut = characters.length > longest ? `${characters.slice(0, longest).join('')}…` : text;
  return printable(typeof value === 'string' ? JSON.stringify(cut) : cut);
}
