import type { CacheClass } from '../recording/request-marks.ts';

import type { DeployNumbers } from './deploy-verdict.ts';

/** How the requests of a stratum are called: in full, in short, and one of them. */
export interface StratumName {
  readonly full: string;
  readonly short: string;
  readonly one: string;
}

/** In a service without a cache there are only requests. */
export function stratumName(stratum: CacheClass, { before, after }: DeployNumbers): StratumName {
  if (stratum === 'hit') return { full: 'cache hits', short: 'hits', one: 'hit' };
  if (stratum === 'miss') return { full: 'cache misses', short: 'misses', one: 'miss' };
  if (before.hitRatio === null && after.hitRatio === null)
    return { full: 'requests', short: 'requests', one: 'request' };
  return { full: 'requests without a cache', short: 'requests without a cache', one: 'request without a cache' };
}
