import type { Benchmark } from '../benchmark.ts';

import { explain } from './explain.ts';
import { replayAll } from './replay-all.ts';
import { percentOf, type Tallies } from './tally.ts';
import { type World, worlds } from './worlds.ts';

const runs = 600;

export function deployVerdictBenchmark(seed: number): Benchmark {
  return {
    name: 'deploy-verdict',
    question: 'how often a deployment verdict is wrong when nothing changed, and right when something did; --seed 7',
    async run(say) {
      say(`replaying ${runs} deployments of every world with seed ${seed}`);
      const tallies = await replayAll(seed, runs, (done) => {
        if (done % 50 === 0) say(`${done} of ${runs}`);
      });
      return {
        figures: [
          { key: 'null_max_percent', value: worstNull(tallies, 'once'), unit: '%', goal: '<= 3' },
          { key: 'power_x1_5_percent', value: percent(tallies, missesTimes1_5, 'once'), unit: '%', goal: '>= 85' },
          { key: 'null_max_three_readings_percent', value: worstNull(tallies, 'at any'), unit: '%' },
          { key: 'null_max_last_reading_percent', value: worstNull(tallies, 'at 60'), unit: '%' },
          { key: 'power_x1_5_last_reading_percent', value: percent(tallies, missesTimes1_5, 'at 60'), unit: '%' },
        ],
        explanation: explain({ tallies, seed, runs }),
      };
    },
  };
}

const missesTimes1_5 = 'misses × 1.5';

function percent(tallies: Tallies, row: string, column: string): number {
  const tally = tallies.get(row)?.get(column);
  if (tally === undefined) throw new TypeError(`${row} was not replayed`);
  return percentOf(tally);
}

/** The worst of the worlds in which nothing changed, at 5 requests a second. */
function worstNull(tallies: Tallies, column: string): number {
  const nothing = (worlds as readonly World[]).filter(
    ({ expected, service }) => expected === undefined && service !== 'quiet',
  );
  return Math.max(...nothing.map(({ name }) => percent(tallies, name, column)));
}
