/** What happened in one minute: so many events out of so many requests. */
export interface MinuteRatio {
  readonly minute: number;
  readonly events: number;
  readonly outOf: number;
}

/** How far a ratio moved between two windows, and how sure that is. */
export interface Difference {
  readonly before: number;
  readonly after: number;
  /** Requests behind either ratio. */
  readonly outOf: { readonly before: number; readonly after: number };
  readonly standardError: number;
  readonly z: number;
  readonly degreesOfFreedom: number;
}

/** Seven minutes are what the first reading has: ten without the three of warm-up. */
export const fewestMinutes = 7;

/**
 * A difference in standard errors.
 *
 * A ratio that is the same in every minute has no spread; the floor keeps its z finite, and rounding from being a change.
 */
export function standardised(before: number, after: number, standardError: number): number {
  const floor = 1e-9 * Math.max(Math.abs(before), Math.abs(after));
  return before === after ? 0 : (after - before) / Math.max(standardError, floor);
}

/** Without the remains of rounding, which differ between languages and would be taken for a spread. */
export function residual(events: number, expected: number): number {
  const rest = events - expected;
  return Math.abs(rest) <= 1e-9 * Math.max(Math.abs(events), Math.abs(expected)) ? 0 : rest;
}
