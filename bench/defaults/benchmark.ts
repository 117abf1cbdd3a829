import type { Benchmark } from '../benchmark.ts';
import { installPeers } from '../install-peers.ts';
import { ratioOfMedians } from '../median.ts';

import { measureBundles } from './bundle.ts';
import { explain } from './explain.ts';
import { checkRefusals, measureTimings, peersFolder, type Timings } from './measure.ts';
import { ours, oursAgain, zod, type Program } from './programs.ts';

const rounds = { cold: 31, hot: 5 };

function timingsOf(timings: ReadonlyMap<Program, Timings>, program: Program): Timings {
  const found = timings.get(program);
  if (found === undefined) throw new TypeError(`${program.title} was not measured`);
  return found;
}

export const defaultsBenchmark: Benchmark = {
  name: 'defaults',
  question: 'what typed settings cost at the start of a process, beside zod, t3-env, envalid, convict and valibot',
  run(say) {
    say('installing the peers');
    const versions = installPeers(peersFolder);
    say('feeding every program faulty environments');
    checkRefusals();
    const bundles = measureBundles();
    say(`measuring ${rounds.cold} rounds of cold processes and ${rounds.hot} of hot ones`);
    const timings = measureTimings(rounds);
    const [first, second, base] = [ours, oursAgain, zod].map((program) => timingsOf(timings, program)) as [
      Timings,
      Timings,
      Timings,
    ];
    return {
      figures: [
        { key: 'cold_vs_zod', value: ratioOfMedians(first.coldMs, base.coldMs), unit: 'ratio', goal: '<= 0.15' },
        { key: 'cold_noise', value: ratioOfMedians(second.coldMs, first.coldMs), unit: 'ratio' },
        { key: 'hot_vs_zod', value: ratioOfMedians(first.hotUs, base.hotUs), unit: 'ratio' },
        { key: 'bundle_gzip_kb', value: bundles.oursKb, unit: 'KB', goal: '<= 12' },
      ],
      explanation: explain({ timings, bundles, versions }),
    };
  },
};
