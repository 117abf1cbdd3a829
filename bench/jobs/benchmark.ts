import type { Benchmark } from '../benchmark.ts';
import { extraOf } from '../differences.ts';
import { explain } from './explain.ts';
import { type Import, ours, plain, plainAgain } from './imports.ts';
import { measureImports } from './measure-imports.ts';

const rounds = 61;
const commitsPerImport = 200;

export const jobsBenchmark: Benchmark = {
  name: 'jobs',
  question: 'what a commit costs, beside the same transaction written by hand',
  async run(say) {
    say(`measuring ${rounds} rounds of imports`);
    const measured = await measureImports(rounds, commitsPerImport);
    const extra = (subject: Import) => extraOf(measured.get(subject) ?? [], measured.get(plain) ?? []);
    const [oursExtra, noise] = [extra(ours), extra(plainAgain)];
    return {
      figures: [
        { key: 'overhead_us_per_commit_sqlite', value: oursExtra.us, unit: 'µs' },
        { key: 'overhead_noise_us', value: noise.us, unit: 'µs' },
        { key: 'rows_per_s_vs_plain', value: 1 / oursExtra.ratio, unit: 'ratio', goal: '>= 0.9' },
        { key: 'rows_per_s_noise', value: 1 / noise.ratio, unit: 'ratio' },
      ],
      explanation: explain(measured, commitsPerImport),
    };
  },
};
