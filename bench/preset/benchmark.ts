import { rmSync } from 'node:fs';
import { loadavg } from 'node:os';

import type { Benchmark } from '../benchmark.ts';
import { installPeers } from '../install-peers.ts';
import { interleave } from '../interleave.ts';
import { median, ratioOfMedians } from '../median.ts';
import { timeCachedRuns } from './cached-run.ts';
import { explain, type TreeRounds } from './explain.ts';
import { findingsOf } from './findings.ts';
import { compareFaults } from './planted-faults.ts';
import { eslintTyped, formatters, linters, oursTyped, oursUntyped, peersFolder, type Program } from './programs.ts';
import { publishedPackage, thisRepository, type SourceTree } from './source-trees.ts';
import { timeProgram } from './time-program.ts';

const rounds = 3;
const cachedRounds = 9;

function measureTree(tree: SourceTree): TreeRounds {
  const findings = new Map(linters.map((program) => [program, findingsOf(program, tree.files, tree.folder).length]));
  const seconds = interleave([...linters, ...formatters], rounds, (program: Program) => timeProgram(program, tree));
  return { tree, seconds, findings };
}

/** How a program stands to ESLint with types, on the tree where it stands worst. */
function worstRatio(trees: readonly TreeRounds[], program: Program): number {
  const ratios = trees.map(({ seconds }) => ratioOfMedians(seconds.get(program) ?? [], seconds.get(eslintTyped) ?? []));
  return Math.max(...ratios);
}

export const presetBenchmark: Benchmark = {
  name: 'preset',
  question: 'what linting and formatting take, beside ESLint with types, Biome and prettier; and what each catches',
  run(say) {
    say('installing the peers');
    const versions = installPeers(peersFolder);
    say('comparing what each linter catches');
    const faults = compareFaults();
    const foreign = publishedPackage('mongodb', versions['mongodb'] ?? '');
    try {
      const load = loadavg()[0] ?? Number.NaN;
      const trees = [thisRepository(), foreign].map((tree) => {
        say(`measuring ${rounds} rounds on ${tree.title}`);
        return measureTree(tree);
      });
      say('running every task with nothing changed');
      const cachedSeconds = timeCachedRuns(cachedRounds);
      return {
        figures: [
          { key: 'typed_vs_eslint', value: worstRatio(trees, oursTyped), unit: 'ratio', goal: '<= 0.16' },
          { key: 'untyped_vs_eslint', value: worstRatio(trees, oursUntyped), unit: 'ratio', goal: '<= 0.02' },
          { key: 'cached_run_s', value: median(cachedSeconds), unit: 's', goal: '<= 1' },
        ],
        explanation: explain({ trees, faults, cachedSeconds, rounds, versions, load }),
      };
    } finally {
      rmSync(foreign.folder, { recursive: true });
    }
  },
};
