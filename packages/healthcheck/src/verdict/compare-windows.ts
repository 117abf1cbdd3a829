import { type CacheClass, cacheClasses } from '../recording/request-marks.ts';

import type { MeasureKind, TooFew } from './deploy-verdict.ts';
import { type Difference, fewestMinutes, type MinuteRatio } from './difference.ts';
import { quantileBucket, quantileUs, type Times, timesOf } from './histogram-quantile.ts';
import type { Minute } from './release-minutes.ts';

/** One statistic of two windows. */
export interface Comparison {
  readonly stratum: CacheClass | null;
  readonly kind: MeasureKind;
  /** Of a ratio: requests slower than the quantile before, errors, or database calls per request. */
  readonly difference: Difference;
  /** In the unit of the kind: milliseconds, a share, calls per request. */
  readonly before: number;
  readonly after: number;
  /** The times before, of a comparison of times. */
  readonly times?: Times;
}

export interface Compared {
  readonly comparisons: readonly Comparison[];
  readonly tooFew: readonly TooFew[];
}

export interface Windows {
  readonly before: readonly Minute[];
  readonly after: readonly Minute[];
}

export type Compare = (before: readonly MinuteRatio[], after: readonly MinuteRatio[]) => Difference | undefined;

const quantiles = [
  { kind: 'p50', share: 0.5 },
  { kind: 'p95', share: 0.95 },
] as const;

/** Twenty requests beyond a quantile: 40 for the median, 400 for the 95th percentile. */
export function neededRequests(share: number): number {
  return Math.round(20 / (1 - share));
}

/** Every comparison that the two windows have enough requests for. */
export function compareWindows(windows: Windows, compare: Compare): Compared {
  const comparisons: Comparison[] = [];
  const tooFew: TooFew[] = [];
  for (const stratum of cacheClasses) {
    const times = [timesOf(windows.before, stratum), timesOf(windows.after, stratum)] as const;
    const [have, most] = [Math.min(times[0].count, times[1].count), Math.max(times[0].count, times[1].count)];
    const found = quantiles
      .filter(({ share }) => have >= neededRequests(share))
      .flatMap((quantile) => compareTimes(windows, { stratum, quantile, times, compare }) ?? []);
    comparisons.push(...found);
    if (most > 0 && found.length < quantiles.length) tooFew.push(shortage(windows, stratum, have));
    const calls = have < neededRequests(0.5) ? undefined : compareCalls(windows, stratum, compare);
    if (calls !== undefined) comparisons.push(calls);
  }
  const errors = compareErrors(windows, compare);
  return { comparisons: errors === undefined ? comparisons : [...comparisons, errors], tooFew };
}

function shortage({ before, after }: Windows, stratum: CacheClass, have: number): TooFew {
  const needed = neededRequests(0.95);
  if (have < needed) return { stratum, unit: 'requests', have, needed };
  const minutes = [before, after].map((side) => side.filter(({ strata }) => strata[stratum].times.count > 0).length);
  return { stratum, unit: 'minutes', have: Math.min(...minutes), needed: fewestMinutes };
}

interface TimesOfStratum {
  readonly stratum: CacheClass;
  readonly quantile: (typeof quantiles)[number];
  readonly times: readonly [before: Times, after: Times];
  readonly compare: Compare;
}

function compareTimes({ before, after }: Windows, of: TimesOfStratum): Comparison | undefined {
  const { stratum, times, compare } = of;
  const { kind, share } = of.quantile;
  const edge = quantileBucket(times[0], share);
  const slowerThanEdge = ({ minute, strata }: Minute): MinuteRatio => {
    const { store, times: found } = strata[stratum];
    return { minute, events: store.countAbove(found, edge), outOf: found.count };
  };
  const difference = compare(before.map(slowerThanEdge), after.map(slowerThanEdge));
  if (difference === undefined) return undefined;
  const [left, right] = times.map((side) => quantileUs(side, share) / 1000) as [number, number];
  return { stratum, kind, difference, before: left, after: right, times: times[0] };
}

function compareCalls({ before, after }: Windows, stratum: CacheClass, compare: Compare): Comparison | undefined {
  const calls = ({ minute, strata }: Minute): MinuteRatio => {
    const { databaseCalls, requests } = strata[stratum];
    return { minute, events: databaseCalls, outOf: requests };
  };
  const difference = compare(before.map(calls), after.map(calls));
  if (difference === undefined) return undefined;
  return { stratum, kind: 'databaseCalls', difference, before: difference.before, after: difference.after };
}

function compareErrors({ before, after }: Windows, compare: Compare): Comparison | undefined {
  const errors = ({ minute, errors: events, requests: outOf }: Minute): MinuteRatio => ({ minute, events, outOf });
  const difference = compare(before.map(errors), after.map(errors));
  if (difference === undefined) return undefined;
  return { stratum: null, kind: 'errors', difference, before: difference.before, after: difference.after };
}
