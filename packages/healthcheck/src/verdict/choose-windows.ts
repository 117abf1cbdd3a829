import type { Windows } from './compare-windows.ts';
import { fewestPairs } from './paired-difference.ts';
import { windowMinutes } from './previous-release.ts';
import { warmUpMinutes } from './readings.ts';
import { type MinutesOfRelease, minutesBetween } from './release-minutes.ts';

/** Where the windows of a comparison lie, in minutes since 1970. */
export interface Span {
  readonly deployedAtMinute: number;
  /** Minutes after the deployment at which it is read. */
  readonly reading: number;
}

/** Both windows, and how many minutes lie between the end of the first and the deployment. */
export interface SequentialWindows extends Windows {
  readonly gapMinutes: number;
}

/** The half hour before the deployment, and the minutes after it without the warm-up. */
export function sequentialWindows(
  previous: MinutesOfRelease | undefined,
  current: MinutesOfRelease | undefined,
  { deployedAtMinute, reading }: Span,
): SequentialWindows {
  const last = minutesBetween(previous, deployedAtMinute - windowMinutes, deployedAtMinute).at(-1);
  const gapMinutes = last === undefined ? 0 : deployedAtMinute - 1 - last.minute;
  const end = deployedAtMinute - gapMinutes;
  return {
    gapMinutes,
    before: minutesBetween(previous, end - windowMinutes, end),
    after: minutesBetween(current, deployedAtMinute + warmUpMinutes, deployedAtMinute + reading),
  };
}

/** The minutes in which both releases served; undefined where they are too few to decide anything. */
export function pairedWindows(
  previous: MinutesOfRelease | undefined,
  current: MinutesOfRelease | undefined,
  { deployedAtMinute, reading }: Span,
): Windows | undefined {
  const from = deployedAtMinute + warmUpMinutes;
  const after = minutesBetween(current, from, deployedAtMinute + reading).filter(
    ({ minute, requests }) => requests > 0 && (previous?.get(minute)?.requests ?? 0) > 0,
  );
  if (after.length < fewestPairs) return undefined;
  return { before: after.flatMap(({ minute }) => previous?.get(minute) ?? []), after };
}
