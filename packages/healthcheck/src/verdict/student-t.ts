import { incompleteBeta } from './incomplete-beta.ts';

/** The probability that a t with so many degrees of freedom is at least this far from 0, on either side. */
export function twoSidedP(t: number, degreesOfFreedom: number): number {
  const square = t * t;
  const total = degreesOfFreedom + square;
  // Near 0 the share of the square is known exactly, and what is left of 1 is not; far away it is the other way round.
  return square < degreesOfFreedom
    ? 1 - incompleteBeta(0.5, degreesOfFreedom / 2, square / total)
    : incompleteBeta(degreesOfFreedom / 2, 0.5, degreesOfFreedom / total);
}

/** The t that is exceeded, on either side, with probability p; 0 < p <= 1. */
export function criticalT(p: number, degreesOfFreedom: number): number {
  let low = 0;
  let high = 1;
  while (twoSidedP(high, degreesOfFreedom) > p) high *= 2;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (twoSidedP(middle, degreesOfFreedom) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
