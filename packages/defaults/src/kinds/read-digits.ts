import type { Reading } from '../declare/kind.ts';

import { refused } from './reading.ts';

/** A whole number in plain digits; nothing when the text is no such number at all. */
export function readDigits(raw: string): Reading<number> | undefined {
  if (!/^[0-9]{1,15}$/.test(raw)) return undefined;
  // `010` is ten to one reader and eight to another.
  if (raw.length > 1 && raw.startsWith('0')) return refused('it begins with a zero, which some readers take for octal');
  return { value: Number(raw) };
}
