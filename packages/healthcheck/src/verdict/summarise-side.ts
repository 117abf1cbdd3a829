import type { DeploySide } from './deploy-verdict.ts';
import type { Minute } from './release-minutes.ts';

/** A rise of the hit ratio that is no coincidence of a few minutes, nor of a few requests. */
const noticeableRise = 0.05;
const fewestLookups = 400;

/** What one release did in a window. */
export function summariseSide(minutes: readonly Minute[]): DeploySide {
  const { hit, miss, none } = countStrata(minutes);
  const half = Math.floor(minutes.length / 2);
  const [first, second] = [minutes.slice(0, half), minutes.slice(half)].map(hitRatioOf);
  const rises = typeof first === 'number' && typeof second === 'number' && second - first >= noticeableRise;
  return {
    minutes: minutes.length,
    requests: minutes.reduce((sum, { requests }) => sum + requests, 0),
    errors: minutes.reduce((sum, { errors }) => sum + errors, 0),
    strata: { hit, miss, none },
    hitRatio: hitRatioOf(minutes),
    hitRatioRises: rises && hit + miss >= fewestLookups,
  };
}

function countStrata(minutes: readonly Minute[]) {
  const total = { hit: 0, miss: 0, none: 0 };
  for (const { strata } of minutes) {
    total.hit += strata.hit.requests;
    total.miss += strata.miss.requests;
    total.none += strata.none.requests;
  }
  return total;
}

function hitRatioOf(minutes: readonly Minute[]): number | null {
  const { hit, miss } = countStrata(minutes);
  return hit + miss === 0 ? null : hit / (hit + miss);
}
