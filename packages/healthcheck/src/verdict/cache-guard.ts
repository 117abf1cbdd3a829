import type { DeploySide } from './deploy-verdict.ts';

const largestShift = 0.1;

/** The share of requests without a cache status on both sides, where it moved. */
export interface UnknownCacheStatus {
  readonly before: number;
  readonly after: number;
}

/**
 * Finds a service that used a cache and no longer says so, or the other way round, for more than a tenth of its requests.
 *
 * Hits that are counted among requests without a status make those look faster, and a lucky cache hit must never look
 * like a fix.
 */
export function unknownCacheStatus(before: DeploySide, after: DeploySide): UnknownCacheStatus | undefined {
  if (before.hitRatio === null && after.hitRatio === null) return undefined;
  const shares = { before: shareWithoutStatus(before), after: shareWithoutStatus(after) };
  return Math.abs(shares.after - shares.before) > largestShift ? shares : undefined;
}

/** NaN without requests, which is no shift. */
function shareWithoutStatus({ strata }: DeploySide): number {
  return strata.none / (strata.hit + strata.miss + strata.none);
}
