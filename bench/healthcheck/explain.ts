import { median } from '../median.ts';
import { extraOf } from './differences.ts';
import { paths, processes, type Recorded, recordings } from './measure-records.ts';
import type { Rounds } from './measure-requests.ts';
import { type Program, programs } from './programs.ts';

interface Measured {
  readonly rounds: Rounds;
  readonly ours: Recorded;
  readonly promClient: Recorded & { readonly recordings: number };
  readonly versions: Readonly<Record<string, string>>;
}

const signed = (us: number): string => `${us >= 0 ? '+' : '−'}${Math.abs(us).toFixed(2)}`;
const millions = (count: number): string => `${count / 1e6} million`;

function row(program: Program, { rounds, versions }: Measured): string {
  const samples = rounds.get(program) ?? [];
  const base = programs.find(({ file }) => file === program.base);
  const versionsOf = program.packages.map((name) => `${name} ${versions[name] ?? 'unknown'}`).join(', ');
  const cells = [program.title, versionsOf, median(samples).toFixed(1)];
  if (base === undefined || base === program) return `| ${[...cells, '', '', ''].join(' | ')} |`;
  const { us, from, to, ratio } = extraOf(samples, rounds.get(base) ?? []);
  return `| ${[...cells, signed(us), `${signed(from)} to ${signed(to)}`, ratio.toFixed(3)].join(' | ')} |`;
}

/** The tables and remarks below the figures. */
export function explain(measured: Measured): string {
  const { rounds, ours, promClient } = measured;
  const [base] = programs;
  const count = base === undefined ? 0 : (rounds.get(base)?.length ?? 0);
  return `## What a request costs

| Program | Peers | µs of processor time | Extra, µs | 95 % | Ratio |
| --- | --- | --- | --- | --- | --- |
${programs.map((program) => row(program, measured)).join('\n')}

Medians of ${count} rounds of 2,000 requests to each server, over 16 connections that stay open. The servers take turns within a round, in another
order each time; each is a process of its own that answers the same 17 bytes, pinned to one core, and the client to another. The time is what the kernel counts for all threads of the
server. Differences are taken within a round, and their median is drawn again 1,000 times for the 95 %. What stands beside "again" is the same program a
second time: a difference of that size says nothing.

Ours records response time, error, cache class and database calls by route, with two marks and a route from the handler; on Fastify the route comes from the
framework. prom-client observes one histogram with the labels method, route and status. OpenTelemetry is the instrumentation of node:http with metrics alone; terminus and under-pressure measure no request.

## What a record costs, and what stays of it

| Program | Recordings | ns of processor time | Growth, MB | Routes kept, or sets of labels |
| --- | --- | --- | --- | --- |
| \`@seaworthy/healthcheck\` | ${millions(recordings)} | ${ours.nsPerRecord.toFixed(0)} | ${ours.rssGrowthMb.toFixed(1)} | ${ours.kept} |
| prom-client | ${millions(promClient.recordings)} | ${promClient.nsPerRecord.toFixed(0)} | ${promClient.rssGrowthMb.toFixed(1)} | ${promClient.kept} |

Medians of ${processes} processes, each without a network: whole requests go through the door with their path, of which there are ${paths.toLocaleString('en-US')}, named as the route, 8 methods and 500 statuses. Growth is the resident memory
after garbage collection, against the same after a million recordings of 10 paths. prom-client keeps every set of labels, so it is given fewer.`;
}
