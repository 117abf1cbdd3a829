import { median, quantile, ratioOfMedians } from '../median.ts';

import type { BundleSizes } from './bundle.ts';
import { expectedSettings, faults } from './environment.ts';
import type { Timings } from './measure.ts';
import { programs, zod, type Program } from './programs.ts';

interface Measured {
  readonly timings: ReadonlyMap<Program, Timings>;
  readonly bundles: BundleSizes;
  readonly versions: Readonly<Record<string, string>>;
}

function version({ packages }: Program, versions: Measured['versions']): string {
  return packages.map((name) => `${name} ${versions[name] ?? 'unknown'}`).join(', ');
}

function row(program: Program, timings: Timings, base: Timings, versions: Measured['versions']): string {
  const [from, to] = [0.25, 0.75].map((share) => quantile(timings.coldMs, share).toFixed(1));
  return `| ${[
    program.title,
    version(program, versions),
    median(timings.coldMs).toFixed(1),
    `${from} to ${to}`,
    ratioOfMedians(timings.coldMs, base.coldMs).toFixed(3),
    median(timings.wallMs).toFixed(0),
    median(timings.hotUs).toFixed(1),
    ratioOfMedians(timings.hotUs, base.hotUs).toFixed(2),
  ].join(' | ')} |`;
}

/** The tables and remarks below the figures. */
export function explain({ timings, bundles, versions }: Measured): string {
  const base = timings.get(zod);
  if (base === undefined) throw new TypeError('zod was not measured');
  const rows = programs.flatMap((program) => {
    const found = timings.get(program);
    return found === undefined ? [] : [row(program, found, base, versions)];
  });
  const { declared, carried } = bundles.foreign;
  return `## Start and parse

| Program | Peers | Import and parse, ms | Middle half | Against zod | Whole process, ms | Hot parse, µs | Hot, against zod |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

Medians of ${base.coldMs.length} fresh processes for each program, one of each in every round, in another order each time, after a round that is thrown
away. The clock starts before the import and stops when the settings are there. Every program loads the same ${expectedSettings.length} settings from an
environment as a pod has it, and is written as a good user of its library would write it: the programs are in \`bench/defaults/peers\`.
Each answer is compared with the expected settings, and each program has to refuse ${faults.length} faulty environments. Reading
units is the same small file for every peer, and loaded before its clock starts; ours brings its own. Only ours also declares owner, reason, expected
result and rollback, says where each value came from, and looks for misspelt names. A hot parse is one of thousands in the same process:
the median of ${base.hotUs.length} processes.

## Size of a program that uses one group

| Program | Bundled, minified, gzip, KB |
| --- | --- |
| \`httpServer\` through \`loadSettings\` | ${bundles.oursKb.toFixed(1)} |
| ${bundles.settings.zod} of its ${bundles.settings.ours} settings with zod | ${bundles.zodKb.toFixed(1)} |

Bundled by esbuild ${versions['esbuild'] ?? 'unknown'} for Node; 1 KB is 1000 bytes. Both bundles run, and read what both load alike. Of the ${declared} names that the other groups
declare, ${carried} are left in the bundle.`;
}
