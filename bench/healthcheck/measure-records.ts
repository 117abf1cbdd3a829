import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { peersFolder } from './measured-server.ts';

export interface Recorded {
  readonly nsPerRecord: number;
  readonly rssGrowthMb: number;
  /** How many routes, or sets of labels, are in memory in the end. */
  readonly kept: number;
}

export const paths = 100_000;
export const recordings = 10_000_000;

/** Records in a process of its own, without a network. */
export function measureRecords(program: 'record-ours.mjs' | 'record-prom-client.mjs', count: number): Recorded {
  const args = ['--expose-gc', path.join(peersFolder, 'record.mjs'), `./${program}`, String(count), String(paths)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: peersFolder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} failed:\n${stderr}`);
  return JSON.parse(stdout) as Recorded;
}
