import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { incompleteBeta } from './incomplete-beta.ts';
import { logGamma } from './log-gamma.ts';
import { criticalT, twoSidedP } from './student-t.ts';

const degrees = fc.double({ min: 1, max: 500, noNaN: true });

describe('the logarithm of the gamma function', () => {
  it('is that of the factorials', () => {
    let factorial = 1;
    for (let number = 1; number <= 20; number += 1) {
      expect(logGamma(number)).toBeCloseTo(Math.log(factorial), 12);
      factorial *= number;
    }
  });

  it('is that of the root of pi at one half', () => {
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 14);
  });
});

describe('the incomplete beta function', () => {
  it('is a power where b is 1', () => {
    for (const x of [0, 0.1, 0.5, 0.9, 1]) expect(incompleteBeta(3, 1, x)).toBeCloseTo(x ** 3, 14);
  });

  it('is symmetric', () => {
    const half = fc.double({ min: 0.5, max: 200, noNaN: true });
    const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(half, half, share, (a, b, x) => {
        expect(incompleteBeta(a, b, x) + incompleteBeta(b, a, 1 - x)).toBeCloseTo(1, 10);
      }),
    );
  });
});

describe('the t distribution', () => {
  // From printed tables.
  it.each([
    [12.706_204_736, 1, 0.05],
    [2.228_138_852, 10, 0.05],
    [2.807_335_684, 23, 0.01],
    [1.959_963_985, 1e7, 0.05],
  ])('has %d with %d degrees of freedom at %d', (t, degreesOfFreedom, p) => {
    expect(twoSidedP(t, degreesOfFreedom)).toBeCloseTo(p, 6);
    expect(criticalT(p, degreesOfFreedom)).toBeCloseTo(t, 4);
  });

  it('has a closed form with 1 and with 2 degrees of freedom', () => {
    for (const t of [0.01, 0.3, 1, 4, 50]) {
      expect(twoSidedP(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 12);
      expect(twoSidedP(t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 12);
    }
  });

  it('falls from 1 to 0 as t moves away from 0, on either side alike', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), degrees, (t, degreesOfFreedom) => {
        const p = twoSidedP(t, degreesOfFreedom);
        expect(p).toBe(twoSidedP(-t, degreesOfFreedom));
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(twoSidedP(t + 1, degreesOfFreedom)).toBeLessThanOrEqual(p);
      }),
    );
    expect([twoSidedP(0, 5), twoSidedP(1e300, 5)]).toEqual([1, 0]);
  });

  it('gives back the p that a critical t was asked for', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1, noNaN: true }), degrees, (p, degreesOfFreedom) => {
        expect(twoSidedP(criticalT(p, degreesOfFreedom), degreesOfFreedom) / p).toBeCloseTo(1, 8);
      }),
    );
  });
});
