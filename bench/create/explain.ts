import { median, quantile } from '../median.ts';

import { createVite, plopAddMany } from './programs.ts';
import type { Timings } from './measure-scaffold.ts';

/** The table and remarks below the figures. */
export function explain(timings: Timings, versions: Readonly<Record<string, string>>): string {
  const names = new Map([
    [createVite, 'create-vite'],
    [plopAddMany, 'plop'],
  ]);
  const rows = Array.from(timings, ([program, samples]) => {
    const version = versions[names.get(program) ?? ''];
    const title = version === undefined ? program.title : `${program.title} (${version})`;
    const cells = [median(samples), quantile(samples, 0.1), quantile(samples, 0.9)].map((ms) => ms.toFixed(0));
    return `| ${[title, ...cells].join(' | ')} |`;
  });
  const rounds = Math.min(...Array.from(timings.values(), (samples) => samples.length));
  return `## What a new service costs

| Program | Median, ms | 10 % | 90 % |
| --- | --- | --- | --- |
${rows.join('\n')}

All scaffold for a host with this Node. Wall time of a whole process, from an installation on this disk and into an empty folder; installing the service is not part of it. ${rounds} rounds, the programs in another order in each; a round before the first is
thrown away. Each run is checked to have written its files: ours and plop's \`addMany\` the same ones, create-vite its own, which are a tenth as many. \`addMany\` checks no answers, records
no hashes and leaves half a service behind when it fails. The first commit is left out where programs are compared, for neither peer makes one; its cost stands in a line of its own. "Again" is the same program a second time; \`cpSync\` is what the disk alone costs, with nothing rendered, checked or hashed. A disk that has removed many files within the last minutes may make new ones more slowly: measure when it has rested.`;
}
