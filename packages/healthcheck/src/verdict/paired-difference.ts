import { type Difference, type MinuteRatio, residual, standardised } from './difference.ts';
import { lagOneInflation } from './lag-one-inflation.ts';

/** Without history to compare with, fewer pairs would decide too much. */
export const fewestPairs = 10;

/**
 * The difference of a ratio between two releases that served at once, minute by minute; undefined below ten minutes.
 *
 * What a minute did to both of them cancels out, which is why this needs no history.
 */
export function pairedDifference(
  before: readonly MinuteRatio[],
  after: readonly MinuteRatio[],
): Difference | undefined {
  const partners = new Map(before.map((minute) => [minute.minute, minute]));
  const pairs = after.flatMap((right) => {
    const left = partners.get(right.minute);
    if (left === undefined || left.outOf === 0 || right.outOf === 0) return [];
    return [{ minute: right.minute, left, right, difference: right.events / right.outOf - left.events / left.outOf }];
  });
  const count = pairs.length;
  if (count < fewestPairs) return undefined;
  const mean = pairs.reduce((sum, { difference }) => sum + difference, 0) / count;
  const residuals = pairs.map(({ minute, difference }) => ({ minute, value: residual(difference, mean) }));
  const inflation = lagOneInflation([residuals]);
  const squares = residuals.reduce((sum, { value }) => sum + value * value, 0);
  const standardError = Math.sqrt((squares / (count - 1) / count) * inflation);
  const ratio = pairs.reduce((sum, { left }) => sum + left.events / left.outOf, 0) / count;
  return {
    before: ratio,
    after: ratio + mean,
    outOf: {
      before: pairs.reduce((sum, { left }) => sum + left.outOf, 0),
      after: pairs.reduce((sum, { right }) => sum + right.outOf, 0),
    },
    standardError,
    z: standardised(ratio, ratio + mean, standardError),
    degreesOfFreedom: Math.max(3, count / inflation - 1),
  };
}
