// Made once: making one takes longer than a page of numbers.
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** How a person reads a number; all of them end up in sentences and cells of the status page. */
export const sayCount = (count: number): string => whole.format(count);

/** `1 check`, `3 checks`. */
export const sayMany = (count: number, noun: string): string => `${sayCount(count)} ${noun}${count === 1 ? '' : 's'}`;

const unknown = '–';

/** Between a number and its unit: a line does not end there. */
const space = '\u00A0';

/** A whole number keeps all of its digits, a smaller one as many as are asked for. */
function digits(value: number, most: number): string {
  if (value > 0 && value < 0.01) return '< 0.01';
  const rounded = Number(value.toPrecision(most));
  return rounded >= 10 ** (most - 1) ? sayCount(value) : String(rounded);
}

/** Two digits are what a histogram of 16 buckets to the octave can stand for. */
export function sayMilliseconds(milliseconds: number | null): string {
  if (milliseconds === null) return unknown;
  return Math.round(milliseconds) < 1000
    ? `${digits(milliseconds, 2)}${space}ms`
    : `${digits(milliseconds / 1000, 2)}${space}s`;
}

export function sayShare(share: number | null): string {
  if (share === null) return unknown;
  // All but a few are not all.
  return share < 1 && share >= 0.995 ? `> 99${space}%` : `${digits(share * 100, 2)}${space}%`;
}

export const sayRate = (rate: number | null): string => (rate === null ? unknown : digits(rate, 3));

const units: readonly (readonly [seconds: number, noun: string])[] = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
];

/** `3 days`, `2 hours`: one unit is enough to act on. */
export function sayDuration(seconds: number): string {
  const [size, noun] = units.find(([each]) => seconds >= each) ?? [1, 'second'];
  return sayMany(Math.max(0, Math.floor(seconds / size)), noun);
}

/** `2026-11-26 03:12:09 UTC` */
export const sayTime = (wallMs: number): string => `${isoTime(wallMs).slice(0, 19).replace('T', ' ')} UTC`;

export const isoTime = (wallMs: number): string => new Date(wallMs).toISOString();
