import { median } from '../median.ts';
import { extraOf } from '../differences.ts';
import type { Rounds } from './measure-requests.ts';
import type { Program } from './program.ts';

interface Measured {
  readonly programs: readonly Program[];
  readonly rounds: Rounds;
  readonly versions: Readonly<Record<string, string>>;
  readonly requestsPerRound: number;
}

const signed = (us: number): string => `${us >= 0 ? '+' : '−'}${Math.abs(us).toFixed(2)}`;

function row(program: Program, { programs, rounds, versions }: Measured): string {
  const samples = rounds.get(program) ?? [];
  const base = programs.find(({ file }) => file === program.base);
  const versionsOf = program.packages.map((name) => `${name} ${versions[name] ?? 'unknown'}`).join(', ');
  const cells = [program.title, versionsOf, median(samples).toFixed(1)];
  if (base === undefined || base === program) return `| ${[...cells, '', '', ''].join(' | ')} |`;
  const { us, from, to, ratio } = extraOf(samples, rounds.get(base) ?? []);
  return `| ${[...cells, signed(us), `${signed(from)} to ${signed(to)}`, ratio.toFixed(3)].join(' | ')} |`;
}

/** What a request costs each program, and how that was measured. */
export function requestsTable(measured: Measured): string {
  const { programs, rounds, requestsPerRound } = measured;
  const [first] = programs;
  const count = first === undefined ? 0 : (rounds.get(first)?.length ?? 0);
  return `| Program | Peers | µs of processor time | Extra, µs | 95 % | Ratio |
| --- | --- | --- | --- | --- | --- |
${programs.map((program) => row(program, measured)).join('\n')}

Medians of ${count} rounds of ${requestsPerRound.toLocaleString('en-US')} requests to each server, over 16 connections that stay open. The servers take turns within a round, in another
order each time; each is a process of its own that answers the same 17 bytes, pinned to one core, and the client to another. The time is what the kernel counts for all threads of the
server. Differences are taken within a round, and their median is drawn again 1,000 times for the 95 %. What stands beside "again" is the same program a
second time: a difference of that size says nothing.`;
}
