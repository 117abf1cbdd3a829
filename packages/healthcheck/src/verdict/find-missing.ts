import type { CacheClass } from '../recording/request-marks.ts';

import { neededRequests } from './compare-windows.ts';
import type { UnknownCacheStatus } from './cache-guard.ts';
import type { DeploySide, TooFew } from './deploy-verdict.ts';
import { fewestMinutes } from './difference.ts';

/** A stratum with so many of the requests has to be compared before "no change seen" may be said. */
const mainStratum = 0.1;

/** Why "no change seen" may not be said. */
export type Missing =
  | { readonly what: 'minutes'; readonly side: 'before' | 'since'; readonly have: number; readonly needed: number }
  | { readonly what: 'cache status'; readonly before: number; readonly after: number }
  | ({ readonly what: 'stratum' } & TooFew);

interface Available {
  readonly before: DeploySide;
  readonly after: DeploySide;
  readonly tooFew: readonly TooFew[];
  readonly unknown: UnknownCacheStatus | undefined;
}

export function findMissing({ before, after, tooFew, unknown }: Available): Missing | undefined {
  const needed = fewestMinutes;
  if (before.minutes < needed) return { what: 'minutes', side: 'before', have: before.minutes, needed };
  if (after.minutes < needed) return { what: 'minutes', side: 'since', have: after.minutes, needed };
  if (unknown !== undefined) return { what: 'cache status', ...unknown };
  const sides = [before, after];
  const main = tooFew.find(({ stratum }) => sides.some((side) => isMain(side, stratum)));
  if (main !== undefined) return { what: 'stratum', ...main };
  if (sides.every((side) => answered(side) > 0)) return undefined;
  return { what: 'stratum', stratum: 'none', unit: 'requests', have: 0, needed: neededRequests(0.95) };
}

function answered({ strata }: DeploySide): number {
  return strata.hit + strata.miss + strata.none;
}

function isMain(side: DeploySide, stratum: CacheClass): boolean {
  return side.strata[stratum] >= mainStratum * answered(side);
}
