import type { CacheClass } from '../recording/request-marks.ts';

import type { Comparison } from './compare-windows.ts';
import type { SmallestChange } from './deploy-verdict.ts';
import type { Difference } from './difference.ts';
import { smallestEffect } from './effect-gate.ts';
import { quantileBucket, shareAboveUs, type Times } from './histogram-quantile.ts';
import { lowerEdge } from '../recording/log-linear-histogram.ts';

/** A comparison, and how many of its standard errors a change has to be away. */
export interface Sensitivity {
  readonly comparison: Comparison;
  /** From no change, to count as one. */
  readonly fromNothing: number;
  /** From the smallest effect that matters, to be measured as larger than that. */
  readonly fromEffect: number;
}

/** Slower than a hundredfold is not worth naming. */
const largestFactor = 100;

/** Over all comparisons; of the two quantiles of a stratum, the more sensitive one counts. */
export function smallestChange(sensitivities: readonly Sensitivity[]): SmallestChange {
  const slowDown: Record<CacheClass, number | null> = { hit: null, miss: null, none: null };
  const databaseCalls: Record<CacheClass, number | null> = { hit: null, miss: null, none: null };
  let errorRate: number | null = null;
  for (const sensitivity of sensitivities) {
    const { stratum, kind, times } = sensitivity.comparison;
    if (stratum === null) errorRate = smallestErrorRate(sensitivity);
    else if (kind === 'databaseCalls') databaseCalls[stratum] = smallestCalls(sensitivity);
    else if (times !== undefined) slowDown[stratum] = least(slowDown[stratum], smallestSlowDown(sensitivity, times));
  }
  return { slowDown, errorRate, databaseCalls };
}

function least(left: number | null, right: number | null): number | null {
  if (left === null || right === null) return left ?? right;
  return Math.min(left, right);
}

function smallestErrorRate(sensitivity: Sensitivity): number | null {
  const { before } = sensitivity.comparison.difference;
  const shows = showing(sensitivity, before + smallestEffect.errorRate);
  return smallestThat(shows, before, 1);
}

function smallestCalls({ comparison, fromNothing, fromEffect }: Sensitivity): number {
  const { before, standardError } = comparison.difference;
  const effect = Math.max(smallestEffect.share * before, smallestEffect.databaseCalls);
  return Math.max(fromNothing * standardError, effect + fromEffect * standardError);
}

/** How much slower everything has to be for so many more requests to lie above the quantile of before. */
function smallestSlowDown(sensitivity: Sensitivity, times: Times): number | null {
  const { before, kind } = sensitivity.comparison;
  const edge = lowerEdge(quantileBucket(times, kind === 'p50' ? 0.5 : 0.95) + 1);
  const shareOf = (factor: number) => shareAboveUs(times, edge / factor);
  const smallestFactor = 1 + Math.max(smallestEffect.share, smallestEffect.timeMs / before);
  const shows = showing(sensitivity, shareOf(smallestFactor));
  const factor = smallestThat((candidate) => shows(shareOf(candidate)), smallestFactor, largestFactor);
  return factor === null ? null : factor - 1;
}

/**
 * Whether a share after the deployment would have shown, where `effect` is the smallest that matters.
 *
 * A larger share has a larger spread: its binomial part grows as s (1 - s), and what minutes add to it as the square of that.
 */
function showing({ comparison, fromNothing, fromEffect }: Sensitivity, effect: number): (share: number) => boolean {
  const { before } = comparison.difference;
  const varianceOf = varianceOfShare(comparison.difference);
  return (share) => {
    const spread = Math.sqrt(varianceOf(before, 'before') + varianceOf(share, 'after'));
    return share - before >= fromNothing * spread && share - effect >= fromEffect * spread;
  };
}

function varianceOfShare({ before, after, outOf, standardError }: Difference) {
  const product = (share: number) => share * (1 - share);
  const independent = product(before) / outOf.before + product(after) / outOf.after;
  const added = independent === 0 ? 0 : Math.max(0, standardError ** 2 / independent - 1);
  // The product at which that much was added.
  const measuredAt = independent / (1 / outOf.before + 1 / outOf.after);
  return (share: number, side: 'before' | 'after'): number => {
    const growth = added === 0 ? 0 : product(share) / measuredAt;
    return (product(share) / outOf[side]) * (1 + added * growth);
  };
}

/** The smallest value of a range from which on it holds; null where it does not hold at the end. */
function smallestThat(holds: (value: number) => boolean, from: number, until: number): number | null {
  if (!holds(until)) return null;
  let [low, high] = [from, until];
  for (let step = 0; step < 80; step += 1) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
