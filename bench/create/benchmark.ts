import type { Benchmark } from '../benchmark.ts';
import { installPeers } from '../install-peers.ts';
import { median, ratioOfMedians } from '../median.ts';

import { explain } from './explain.ts';
import { inFolder } from './in-folder.ts';
import { measureScaffold } from './measure-scaffold.ts';
import { command, commandAgain, copy, createVite, floor, peersFolder, plopAddMany, type Program } from './programs.ts';
import { measureUpdate } from './update.ts';

const rounds = 31;

export const createBenchmark: Benchmark = {
  name: 'create',
  question: 'what a new service costs, beside create-vite and plop, and what its updates cost',
  run(say) {
    say('installing the peers');
    const versions = installPeers(peersFolder);
    const { timings, update } = inFolder((folder) => {
      say(`measuring ${rounds} rounds of new services`);
      const timings = measureScaffold(folder, rounds);
      say(`measuring ${rounds} rounds of updates`);
      return { timings, update: measureUpdate(folder, rounds) };
    });
    const of = (program: Program) => timings.get(program) ?? [];
    return {
      figures: [
        { key: 'node_ms', value: median(of(floor)), unit: 'ms' },
        { key: 'copy_ms', value: median(of(copy)), unit: 'ms' },
        { key: 'create_ms', value: median(of(command)), unit: 'ms', goal: '<= 150' },
        { key: 'create_noise', value: ratioOfMedians(of(commandAgain), of(command)), unit: 'ratio' },
        { key: 'vs_create_vite', value: ratioOfMedians(of(command), of(createVite)), unit: 'ratio', goal: '<= 1.6' },
        { key: 'vs_plop', value: ratioOfMedians(of(command), of(plopAddMany)), unit: 'ratio', goal: '<= 0.7' },
        ...update.figures,
      ],
      explanation: `${explain(timings, versions)}\n\n## What an update costs\n\n${update.explanation}`,
    };
  },
};
