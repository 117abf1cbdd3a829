import type { Reading, Refusal } from '../declare/kind.ts';

export interface Limits {
  /** Smallest accepted value. */
  readonly min: number;
  /** Largest accepted value. */
  readonly max: number;
}

type Refused = Extract<Reading<never>, { readonly refused: Refusal }>;

/** Refuses a text that is not of its kind. */
export function refused(why: string, fix?: NonNullable<Refusal['fix']>): Refused {
  return { refused: { code: 'CFG_INVALID', why, ...(fix === undefined ? {} : { fix }) } };
}

/** Refuses a value of its kind that lies outside its limits. */
export function outside(why: string, fix?: NonNullable<Refusal['fix']>): Refused {
  return { refused: { code: 'CFG_RANGE', why, ...(fix === undefined ? {} : { fix }) } };
}

/** @throws {TypeError} when nothing lies between the limits, or one of them is not of the kind. */
export function checkLimits(limits: Limits, shown: string): Limits {
  if (limits.min <= limits.max) return limits;
  throw new TypeError(`expected min to be at most max, each in its written form, got ${shown}`);
}

/** Accepts a value within its limits; `raw` is what was read as that value, so it may be shown. */
export function within(value: number, raw: string, { min, max }: Limits): Reading<number> {
  return value >= min && value <= max ? { value } : outside(`${raw} is outside ${min} to ${max}`);
}
