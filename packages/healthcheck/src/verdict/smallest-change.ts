import type { CacheClass } from '../recording/request-marks.ts';

import type { Comparison } from './compare-windows.ts';
import type { SmallestChange } from './deploy-verdict.ts';
import { smallestEffect } from './effect-gate.ts';
import { quantileBucket, quantileUs } from './histogram-quantile.ts';
import { lowerEdge } from '../recording/log-linear-histogram.ts';

/** A comparison, and how many of its standard errors a change needs to show in four of five deployments. */
export interface Sensitivity {
  readonly comparison: Comparison;
  readonly neededErrors: number;
}

/** Over all comparisons; of the two quantiles of a stratum, the more sensitive one counts. */
export function smallestChange(sensitivities: readonly Sensitivity[]): SmallestChange {
  const slowDown: Record<CacheClass, number | null> = { hit: null, miss: null, none: null };
  const databaseCalls: Record<CacheClass, number | null> = { hit: null, miss: null, none: null };
  let errorRate: number | null = null;
  for (const sensitivity of sensitivities) {
    const { stratum, kind } = sensitivity.comparison;
    if (stratum === null) errorRate = smallestErrorRate(sensitivity);
    else if (kind === 'databaseCalls') databaseCalls[stratum] = smallestCalls(sensitivity);
    else slowDown[stratum] = least(slowDown[stratum], smallestSlowDown(sensitivity));
  }
  return { slowDown, errorRate, databaseCalls };
}

function least(left: number | null, right: number | null): number | null {
  if (left === null || right === null) return left ?? right;
  return Math.min(left, right);
}

function smallestErrorRate(sensitivity: Sensitivity): number | null {
  const rate = smallestShare(sensitivity);
  const { before } = sensitivity.comparison.difference;
  return rate === null ? null : Math.max(rate, before + smallestEffect.errorRate);
}

function smallestCalls({ comparison, neededErrors }: Sensitivity): number {
  const { before, standardError } = comparison.difference;
  return Math.max(neededErrors * standardError, smallestEffect.share * before, smallestEffect.databaseCalls);
}

/** How much slower everything has to be for so many more requests to lie above the quantile of before. */
function smallestSlowDown(sensitivity: Sensitivity): number | null {
  const { times, before, kind } = sensitivity.comparison;
  const share = smallestShare(sensitivity);
  if (times === undefined || share === null) return null;
  const edge = lowerEdge(quantileBucket(times, kind === 'p50' ? 0.5 : 0.95) + 1);
  const shown = edge / quantileUs(times, 1 - share) - 1;
  return Math.max(shown, smallestEffect.share, smallestEffect.timeMs / before);
}

/**
 * The smallest share after the deployment that is so many standard errors above the one before; null where 1 is not.
 *
 * Where it is larger, its spread is larger too: it grows as that of a binomial share, times what minutes add to it.
 */
function smallestShare({ comparison, neededErrors }: Sensitivity): number | null {
  const { before, after, outOf, standardError } = comparison.difference;
  const variance = (share: number, count: number) => (share * (1 - share)) / count;
  const independent = variance(before, outOf.before) + variance(after, outOf.after);
  const dispersion = independent === 0 ? 1 : Math.max(1, standardError ** 2 / independent);
  const shows = (share: number) => {
    const spread = Math.sqrt(dispersion * (variance(before, outOf.before) + variance(share, outOf.after)));
    return share - before >= neededErrors * spread;
  };
  if (!shows(1)) return null;
  let low = before;
  let high = 1;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (shows(middle)) high = middle;
    else low = middle;
  }
  return high;
}
