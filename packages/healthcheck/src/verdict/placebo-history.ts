import { clusteredDifference } from './clustered-difference.ts';
import { compareWindows, type Comparison } from './compare-windows.ts';
import { windowMinutes } from './previous-release.ts';
import { warmUpMinutes } from './readings.ts';
import { type Minute, type MinutesOfRelease, minutesBetween } from './release-minutes.ts';

/** So far back minutes still resemble today's. */
const longestHistoryMinutes = 24 * 60;

/**
 * A moment every ten minutes: their windows overlap, and a scale from three times as many moments still varies less,
 * which costs a quarter of the false alarms and no true ones.
 */
const stepMinutes = 10;

/** Four hours of history have as many at every reading; with fewer moments a verdict stays preliminary. */
export const fewestPlacebos = 16;

/** How much every statistic moved at earlier moments, when nothing was deployed. */
export interface PlaceboHistory {
  readonly moments: number;
  readonly hours: number;
  readonly zs: ReadonlyMap<string, readonly number[]>;
}

export function keyOf({ stratum, kind }: Pick<Comparison, 'stratum' | 'kind'>): string {
  return `${stratum ?? 'all'} ${kind}`;
}

interface Moment {
  readonly deployedAtMinute: number;
  readonly reading: number;
  readonly gapMinutes: number;
}

/** Compares windows of the same lengths around earlier moments at which nothing was deployed. */
export function placeboHistory(
  history: ReadonlyMap<string, MinutesOfRelease>,
  { deployedAtMinute, reading, gapMinutes }: Moment,
): PlaceboHistory {
  const recorded = [...history.values()].flatMap((minutes) => [...minutes.keys()]);
  const oldest = Math.max(
    recorded.reduce((least, minute) => Math.min(least, minute), Infinity),
    deployedAtMinute - longestHistoryMinutes,
  );
  const zs = new Map<string, number[]>();
  let moments = 0;
  let hours = 0;
  const lead = gapMinutes + windowMinutes;
  for (let moment = deployedAtMinute - reading; moment - lead >= oldest; moment -= stepMinutes) {
    const before = busiest(history, moment - lead, moment - gapMinutes);
    const after = busiest(history, moment + warmUpMinutes, moment + reading);
    // Where the releases differ, one of them was deployed in between.
    if (before.releases !== after.releases) continue;
    const { comparisons } = compareWindows(
      {
        before: before.minutes,
        after: minutesBetween(history.get(before.releaseId), moment + warmUpMinutes, moment + reading),
      },
      clusteredDifference,
    );
    if (comparisons.length === 0) continue;
    moments += 1;
    hours = (deployedAtMinute - moment + lead) / 60;
    for (const comparison of comparisons) {
      const key = keyOf(comparison);
      const found = zs.get(key);
      if (found === undefined) zs.set(key, [comparison.difference.z]);
      else found.push(comparison.difference.z);
    }
  }
  return { moments, hours, zs };
}

interface Busiest {
  readonly releases: string;
  readonly releaseId: string;
  readonly minutes: readonly Minute[];
}

/** The release with most requests in a span, and the names of all that served in it. */
function busiest(history: ReadonlyMap<string, MinutesOfRelease>, from: number, until: number): Busiest {
  const served = [...history]
    .map(([releaseId, minutes]) => ({ releaseId, minutes: minutesBetween(minutes, from, until) }))
    .filter(({ minutes }) => minutes.length > 0)
    .map((release) => ({ ...release, requests: release.minutes.reduce((sum, { requests }) => sum + requests, 0) }))
    .sort((left, right) => (left.releaseId < right.releaseId ? -1 : 1));
  const most = served.reduce<(typeof served)[number] | undefined>(
    (best, release) => (best === undefined || release.requests > best.requests ? release : best),
    undefined,
  );
  return {
    releases: JSON.stringify(served.map(({ releaseId }) => releaseId)),
    releaseId: most?.releaseId ?? '',
    minutes: most?.minutes ?? [],
  };
}

/** The root of the mean square, never below 1: a quiet history does not make a verdict bolder. */
export function placeboScale(zs: readonly number[]): number {
  if (zs.length === 0) return 1;
  return Math.max(1, Math.sqrt(zs.reduce((sum, z) => sum + z * z, 0) / zs.length));
}

/** As many as there are half hours among overlapping moments, and at least 3. */
export function placeboDegreesOfFreedom(moments: number): number {
  return Math.max(3, (moments * stepMinutes) / windowMinutes);
}
