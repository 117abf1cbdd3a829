import { extraOf } from '../differences.ts';
import { median } from '../median.ts';
import { plain, rowsPerCommit } from './imports.ts';
import type { Rounds } from './measure-imports.ts';

const signed = (us: number): string => `${us >= 0 ? '+' : '−'}${Math.abs(us).toFixed(1)}`;

/** The table and remarks below the figures. */
export function explain(rounds: Rounds, commits: number): string {
  const base = rounds.get(plain) ?? [];
  const rows = Array.from(rounds, ([subject, samples]) => {
    const rate = Math.round((rowsPerCommit * 1e6) / median(samples)).toLocaleString('en-US');
    const cells = [subject.title, median(samples).toFixed(1), rate];
    if (subject === plain) return `| ${[...cells, '', ''].join(' | ')} |`;
    const { us, from, to } = extraOf(samples, base);
    return `| ${[...cells, signed(us), `${signed(from)} to ${signed(to)}`].join(' | ')} |`;
  });
  return `## What a commit costs

| Program | µs for each commit | Rows a second | Extra, µs | 95 % |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

Medians of ${base.length} rounds of ${commits} commits of ${rowsPerCommit} rows, in one process, each import into a database file of its own (WAL, \`synchronous\` as SQLite sets it, so every commit reaches
the disk). The ways take turns within a round, in another order each time; a round before the first is thrown away. Differences are taken within a round, and their median is drawn again 1,000
times for the 95 %. What stands beside "again" is the same program a second time: a difference of that size says nothing.

Ours checks the fencing token, writes the cursor and extends the lease in the same transaction, and claims and finishes the key once for each import; that is counted as well.`;
}
