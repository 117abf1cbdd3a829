// `npm run bench -- NAME`: compares with the peers in one run and writes bench/results/NAME.md and NAME.json.
import path from 'node:path';

import { chooseBenchmark } from './choose-benchmark.ts';
import { createBenchmark } from './create/benchmark.ts';
import { defaultsBenchmark } from './defaults/benchmark.ts';
import { deployVerdictBenchmark } from './deploy-verdict/benchmark.ts';
import { defaultSeed, readSeed } from './deploy-verdict/read-seed.ts';
import { healthcheckBenchmark } from './healthcheck/benchmark.ts';
import { jobsBenchmark } from './jobs/benchmark.ts';
import { presetBenchmark } from './preset/benchmark.ts';
import { pythonBenchmark } from './python/benchmark.ts';
import { writeResults } from './results.ts';

const args = process.argv.slice(2);
// Only this one can be repeated exactly; to the others a seed is one argument too many.
const read = args[0] === 'deploy-verdict' ? readSeed(args) : { seed: defaultSeed, others: args };

const choice =
  'mistake' in read
    ? { usage: `bench: ${read.mistake}\n` }
    : chooseBenchmark(
        [
          createBenchmark,
          defaultsBenchmark,
          deployVerdictBenchmark(read.seed),
          healthcheckBenchmark,
          jobsBenchmark,
          presetBenchmark,
          pythonBenchmark,
        ],
        read.others,
      );
if ('usage' in choice) {
  process.stderr.write(choice.usage);
  process.exitCode = 64;
} else {
  const { name, run } = choice.chosen;
  const findings = await run((line) => process.stdout.write(`${line}\n`));
  const folder = path.join(import.meta.dirname, 'results');
  for (const file of writeResults(folder, name, findings)) {
    process.stdout.write(`wrote ${path.relative(process.cwd(), file)}\n`);
  }
}
