import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { holm } from './holm.ts';

const alpha = 0.05;
const probabilities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }));

describe("Holm's procedure", () => {
  it.each([
    [[], []],
    [[0.05], [true]],
    [[0.051], [false]],
    [
      [0.04, 0.04],
      [false, false],
    ],
    [
      [0.04, 0.02],
      [true, true],
    ],
    // The first is too large for a family of three, so that the others are not asked.
    [
      [0.017, 0.02, 0.03],
      [false, false, false],
    ],
    [
      [0.016, 0.9, 0.024],
      [true, false, true],
    ],
  ])('decides about %j', (ps, rejected) => {
    expect(holm(ps, alpha)).toEqual(rejected);
  });

  it('lies between a fixed share for each and no correction at all', () => {
    fc.assert(
      fc.property(probabilities, (ps) => {
        const rejected = holm(ps, alpha);
        expect(rejected).toHaveLength(ps.length);
        expect(ps.filter((p, index) => p <= alpha / ps.length && !rejected[index])).toEqual([]);
        expect(ps.filter((p, index) => p > alpha && rejected[index])).toEqual([]);
      }),
    );
  });

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(probabilities, (ps) => {
        expect(holm(ps.toReversed(), alpha).toReversed()).toEqual(holm(ps, alpha));
      }),
    );
  });
});
