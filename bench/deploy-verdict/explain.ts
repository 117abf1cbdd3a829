import { defaultSeed } from './read-seed.ts';
import { intervalOf, percentOf, type Tallies } from './tally.ts';
import { sideBySideWorlds, type World, worlds } from './worlds.ts';

interface Replayed {
  readonly tallies: Tallies;
  readonly seed: number;
  readonly runs: number;
}

const header = 'What the deployment does';

/** `2.3 (1.5–3.4)`: per cent, with its 95 % interval. */
function cell(tallies: Tallies, row: string, column: string): string {
  const tally = tallies.get(row)?.get(column);
  if (tally === undefined || tally.of === 0) return '';
  const [low, high] = intervalOf(tally);
  return `${percentOf(tally).toFixed(1)} (${low.toFixed(1)}–${high.toFixed(1)})`;
}

function table(tallies: Tallies, rows: readonly World[], columns: Readonly<Record<string, string>>): string {
  const titles = [header, ...Object.values(columns)];
  const lines = rows.map(({ name }) => [name, ...Object.keys(columns).map((column) => cell(tallies, name, column))]);
  return [titles, titles.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

const promises: readonly World[] = [
  { name: 'promised: misses', service: 'steady', change: {} },
  { name: 'promised: hits', service: 'steady', change: {} },
  { name: 'promised: errors', service: 'steady', change: {} },
];

/** The tables and remarks below the figures. */
export function explain({ tallies, seed, runs }: Replayed): string {
  const command = seed === defaultSeed ? '' : ` --seed ${seed}`;
  return `Seed ${seed}, ${runs} replays of every world: \`npm run bench -- deploy-verdict${command}\` gives the same figures again, and \`--seed\` with
another number gives others. Without it the seed is ${defaultSeed}.

Each cell: in how many of 100 replays that was said, with its 95 % interval. Where the deployment does nothing, that anything changed: a
false alarm. Where it does something, that the word was the right one; for the two peers, that anything changed.

## Read once, after 30 minutes

${table(tallies, worlds, {
  once: '12 h of history',
  '4 h of history': '4 h of history',
  'no history': 'none: "preliminary"',
  'p95 moved': 'p95 moved by > 20 %',
  'Mann-Whitney': 'Mann-Whitney, all requests',
})}

\`readAfterMinutes: [30]\`: 27 minutes after the warm-up against the 30 before, 5 % for the whole family of tests. \`null_max_percent\` is the largest
of the first five rows of the first column, \`power_x1_5_percent\` its cell for misses × 1.5. The peers look at all requests of 30 minutes
before and after the same deployments: the 95th percentile of all of them, and the rank-sum test at 5 %. With lucky hits the new release has about
400 misses in that time, and ${cell(tallies, 'nothing, but lucky hits (70 → 95 %)', 'once: not enough data')} % of the answers are "not enough data".

## Read three times, after 10, 30 and 60 minutes

${table(tallies, worlds, {
  'at 10': 'at 10 minutes',
  'at 30': 'at 30 minutes',
  'at 60': 'at 60 minutes',
  'at any': 'at any of them',
})}

What a health document does by default, with 12 h of history: a third of 5 % for each reading. The last reading is the one that stays.

## Both releases at once

${table(tallies, sideBySideWorlds, { 'side by side': 'read once, after 30 minutes' })}

No history; each release serves half of the 5 requests a second.

## The smallest change that would have shown

| Deployed exactly what a verdict said would have shown | It showed |
| --- | --- |
${promises.map(({ name }) => `| ${name.replace('promised: ', 'a slow-down of ').replace('a slow-down of errors', 'an error rate')} | ${cell(tallies, name, 'once')} |`).join('\n')}

Each replay asks a verdict about a deployment that changed nothing for its smallest change, and deploys that instead; four of five should show.

## The model

5 requests a second (or 1), 70 % hits around 2 ms and misses around 30 ms, log-normal; a load that carries over from minute to minute (AR(1)) slows
misses, and hits by its square root; 2 % of the minutes take 1.8 times as long; 0.3 % errors in bursts; three calls a miss. A cold cache
fills in about five minutes, and the first two minutes take 1.5 times as long. Drift: a correlation of 0.98 instead of 0.8 from minute to minute. Calls per
miss are constant in it, so that their row is an easy one. A shift of the traffic itself at the moment of a deployment still looks like a change.`;
}
