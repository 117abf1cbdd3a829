import { median, quantile } from './median.ts';

/** What one program costs more than another, paired within the rounds. */
export interface Extra {
  readonly us: number;
  /** The middle 95 % of the medians of rounds drawn again from the same. */
  readonly from: number;
  readonly to: number;
  /** The cost of one to that of the other, in the median of the rounds. */
  readonly ratio: number;
}

const draws = 1_000;

/** The median of the differences, and how sure it is. */
export function extraOf(samples: readonly number[], base: readonly number[], random = Math.random): Extra {
  if (samples.length !== base.length || samples.length === 0)
    throw new TypeError(`expected as many rounds of both, got ${samples.length} and ${base.length}`);
  const differences = samples.map((sample, round) => sample - (base[round] ?? Number.NaN));
  const ratios = samples.map((sample, round) => sample / (base[round] ?? Number.NaN));
  const medians = Array.from({ length: draws }, () =>
    median(differences.map(() => differences[Math.floor(random() * differences.length)] ?? Number.NaN)),
  );
  return {
    us: median(differences),
    from: quantile(medians, 0.025),
    to: quantile(medians, 0.975),
    ratio: median(ratios),
  };
}
