import { type Difference, fewestMinutes, type MinuteRatio, residual, standardised } from './difference.ts';
import { lagOneInflation, type Residual } from './lag-one-inflation.ts';

interface Side {
  readonly outOf: number;
  readonly ratio: number;
  readonly residuals: readonly Residual[];
}

/**
 * The difference of a ratio between two windows, one after the other; undefined where either has too few minutes.
 *
 * The minute is the unit: requests of one minute share load, garbage collection and neighbours, so that counting each
 * of them would claim far too much certainty.
 */
export function clusteredDifference(
  before: readonly MinuteRatio[],
  after: readonly MinuteRatio[],
): Difference | undefined {
  const sides = [summarise(before), summarise(after)] as const;
  const [left, right] = sides;
  if (left.residuals.length < fewestMinutes || right.residuals.length < fewestMinutes) return undefined;
  const inflation = lagOneInflation(sides.map(({ residuals }) => residuals));
  const standardError = Math.sqrt((variance(left) + variance(right)) * inflation);
  const minutes = left.residuals.length + right.residuals.length;
  return {
    before: left.ratio,
    after: right.ratio,
    outOf: { before: left.outOf, after: right.outOf },
    standardError,
    z: standardised(left.ratio, right.ratio, standardError),
    degreesOfFreedom: Math.max(3, minutes / inflation - 2),
  };
}

function summarise(minutes: readonly MinuteRatio[]): Side {
  const counted = minutes.filter(({ outOf }) => outOf > 0);
  const events = counted.reduce((sum, minute) => sum + minute.events, 0);
  const outOf = counted.reduce((sum, minute) => sum + minute.outOf, 0);
  const ratio = outOf === 0 ? 0 : events / outOf;
  const residuals = counted.map((minute) => ({
    minute: minute.minute,
    value: residual(minute.events, ratio * minute.outOf),
  }));
  return { outOf, ratio, residuals };
}

function variance({ outOf, residuals }: Side): number {
  const minutes = residuals.length;
  const squares = residuals.reduce((sum, { value }) => sum + value * value, 0);
  return ((minutes / (minutes - 1)) * squares) / (outOf * outOf);
}
