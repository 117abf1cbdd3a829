// `npm run bench -- NAME`: compares with the peers in one run and writes bench/results/NAME.md and NAME.json.
import path from 'node:path';

import { chooseBenchmark } from './choose-benchmark.ts';
import { defaultsBenchmark } from './defaults/benchmark.ts';
import { writeResults } from './results.ts';

const benchmarks = [defaultsBenchmark];

const choice = chooseBenchmark(benchmarks, process.argv.slice(2));
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
