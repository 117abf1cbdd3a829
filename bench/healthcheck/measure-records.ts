import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { median } from '../median.ts';
import { peersFolder } from './programs.ts';

export interface Recorded {
  readonly nsPerRecord: number;
  readonly rssGrowthMb: number;
  /** How many routes, or sets of labels, are in memory in the end. */
  readonly kept: number;
}

export const paths = 100_000;
export const recordings = 10_000_000;

/** An odd number: what a collector gives back of its memory differs from process to process. */
export const processes = 5;

/** The medians of some processes, each by itself and without a network. */
export function measureRecords(program: Program, count: number): Recorded {
  const runs = Array.from({ length: processes }, () => recordOnce(program, count));
  return {
    nsPerRecord: median(runs.map(({ nsPerRecord }) => nsPerRecord)),
    rssGrowthMb: median(runs.map(({ rssGrowthMb }) => rssGrowthMb)),
    kept: median(runs.map(({ kept }) => kept)),
  };
}

type Program = 'record-ours.mjs' | 'record-prom-client.mjs';

function recordOnce(program: Program, count: number): Recorded {
  const args = ['--expose-gc', path.join(peersFolder, 'record.mjs'), `./${program}`, String(count), String(paths)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: peersFolder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} failed:\n${stderr}`);
  return JSON.parse(stdout) as Recorded;
}
