import { describe, expect, it } from 'vitest';

import { unknownCacheStatus } from './cache-guard.ts';
import type { DeploySide, TooFew } from './deploy-verdict.ts';
import { findMissing } from './find-missing.ts';

function side(hit: number, miss: number, none: number, minutes = 27): DeploySide {
  const hitRatio = hit + miss === 0 ? null : hit / (hit + miss);
  return {
    minutes,
    requests: hit + miss + none,
    errors: 0,
    strata: { hit, miss, none },
    hitRatio,
    hitRatioRises: false,
  };
}

const few = (stratum: TooFew['stratum'], have: number): TooFew => ({ stratum, unit: 'requests', have, needed: 400 });

describe('the guard against lucky hits', () => {
  it.each([
    ['a cache that was forgotten', side(700, 300, 0), side(0, 0, 1000), { before: 0, after: 1 }],
    ['a cache that was added', side(0, 0, 1000), side(700, 300, 0), { before: 1, after: 0 }],
    ['some requests that no longer say', side(700, 300, 0), side(600, 250, 150), { before: 0, after: 0.15 }],
    ['few requests that no longer say', side(700, 300, 0), side(630, 280, 90), undefined],
    ['as many without a cache as before', side(350, 150, 500), side(300, 160, 540), undefined],
    ['no cache at all', side(0, 0, 1000), side(0, 0, 900), undefined],
    ['nothing at all since', side(700, 300, 0), side(0, 0, 0), undefined],
  ])('sees %s', (_, before, after, expected) => {
    const found = unknownCacheStatus(before, after);
    const rounded = found === undefined ? undefined : { before: found.before, after: Number(found.after.toFixed(9)) };
    expect(rounded).toEqual(expected);
  });
});

describe('what is missing for "no change seen"', () => {
  const full = side(700, 300, 0);
  const missing = (before: DeploySide, after: DeploySide, tooFew: readonly TooFew[] = []) =>
    findMissing({ before, after, tooFew, unknown: unknownCacheStatus(before, after) });

  it.each([
    ['nothing', full, full, [], undefined],
    ['minutes before', side(700, 300, 0, 6), full, [], { what: 'minutes', side: 'before', have: 6, needed: 7 }],
    ['minutes since', full, side(700, 300, 0, 0), [], { what: 'minutes', side: 'since', have: 0, needed: 7 }],
    ['the cache status', full, side(0, 0, 1000), [], { what: 'cache status', before: 0, after: 1 }],
    ['misses', full, full, [few('miss', 300)], { what: 'stratum', ...few('miss', 300) }],
    [
      'a stratum that is large on one side only',
      full,
      side(980, 20, 0),
      [few('miss', 20)],
      { what: 'stratum', ...few('miss', 20) },
    ],
    ['nothing, with a small stratum', side(900, 30, 0), side(900, 20, 0), [few('miss', 20)], undefined],
    ['answers', side(0, 0, 900), side(0, 0, 0), [], { what: 'stratum', ...few('none', 0) }],
  ] as const)('is %s', (_, before, after, tooFew, expected) => {
    expect(missing(before, after, tooFew)).toEqual(expected);
  });
});
