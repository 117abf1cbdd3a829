import type { Rounds } from '../requests/measure-requests.ts';
import { requestsTable } from '../requests/requests-table.ts';
import { paths, processes, type Recorded, recordings } from './measure-records.ts';
import { programs, requestsPerRound } from './programs.ts';

interface Measured {
  readonly rounds: Rounds;
  readonly ours: Recorded;
  readonly promClient: Recorded & { readonly recordings: number };
  readonly versions: Readonly<Record<string, string>>;
}

const millions = (count: number): string => `${count / 1e6} million`;

/** The tables and remarks below the figures. */
export function explain(measured: Measured): string {
  const { rounds, ours, promClient, versions } = measured;
  return `## What a request costs

${requestsTable({ programs, rounds, versions, requestsPerRound })}

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
