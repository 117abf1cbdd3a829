import type { Comparison } from './compare-windows.ts';
import type { DeployTest, SmallestChange } from './deploy-verdict.ts';
import { isLargeEnough } from './effect-gate.ts';
import { holm } from './holm.ts';
import { keyOf, placeboDegreesOfFreedom, type PlaceboHistory, placeboScale } from './placebo-history.ts';
import { smallestChange } from './smallest-change.ts';
import { criticalT, twoSidedP } from './student-t.ts';

/** What a comparison is held against. */
export interface Yardstick {
  /** The share of false alarms allowed to this reading. */
  readonly alpha: number;
  /** Undefined where both releases served at once: then nothing needs to be scaled. */
  readonly placebo: PlaceboHistory | undefined;
}

export interface Judged {
  readonly tests: readonly DeployTest[];
  readonly smallestChange: SmallestChange;
}

/** Scales every comparison by its placebos, and lets Holm's procedure and the effect gate decide about all of them. */
export function judgeTests(comparisons: readonly Comparison[], { alpha, placebo }: Yardstick): Judged {
  const scaled = comparisons.map((comparison) => scale(comparison, placebo?.zs.get(keyOf(comparison)) ?? []));
  const rejected = holm(
    scaled.map(({ p }) => p),
    alpha,
  );
  const tests = comparisons.map((comparison, index): DeployTest => {
    const { stratum, kind, before, after, difference } = comparison;
    const sameWay = Math.sign(after - before) === Math.sign(difference.z);
    const changed = rejected[index] === true && sameWay && isLargeEnough(comparison);
    return { stratum, kind, before, after, z: difference.z, ...(scaled[index] as Scaled), changed };
  });
  // The first step of Holm's procedure is the hardest, and the only one that does not depend on the others.
  const critical = rememberLast((degreesOfFreedom) => criticalT(alpha / comparisons.length, degreesOfFreedom));
  const margin = rememberLast((degreesOfFreedom) => criticalT(2 * (1 - power), degreesOfFreedom));
  const sensitivities = comparisons.map((comparison, index) => {
    const { placeboScale: factor, degreesOfFreedom } = scaled[index] as Scaled;
    const fromEffect = factor * margin(degreesOfFreedom);
    return { comparison, fromNothing: factor * critical(degreesOfFreedom) + fromEffect, fromEffect };
  });
  return { tests, smallestChange: smallestChange(sensitivities) };
}

/**
 * What is called the smallest change that would have shown has to show in four of five deployments.
 *
 * The spread it is made of is itself an estimate, which costs some of what is aimed at.
 */
const power = 0.85;

type Scaled = Pick<DeployTest, 'placeboScale' | 'comparisons' | 'largerThan' | 'degreesOfFreedom' | 'p'>;

function scale({ difference }: Comparison, zs: readonly number[]): Scaled {
  const factor = placeboScale(zs);
  const degreesOfFreedom = zs.length === 0 ? difference.degreesOfFreedom : placeboDegreesOfFreedom(zs.length);
  return {
    placeboScale: factor,
    comparisons: zs.length,
    largerThan: zs.filter((z) => Math.abs(z) < Math.abs(difference.z)).length,
    degreesOfFreedom,
    p: twoSidedP(difference.z / factor, degreesOfFreedom),
  };
}

function rememberLast(calculate: (argument: number) => number): (argument: number) => number {
  let last: { readonly argument: number; readonly result: number } | undefined;
  return (argument) => {
    if (last?.argument !== argument) last = { argument, result: calculate(argument) };
    return last.result;
  };
}
