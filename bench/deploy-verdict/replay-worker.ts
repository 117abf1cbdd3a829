// Replays every second, third … run of a benchmark, so that all processors have as much to do.
import { parentPort, workerData } from 'node:worker_threads';

import { replay } from './replay.ts';
import type { Tallies } from './tally.ts';

export interface WorkerShare {
  readonly seed: number;
  readonly first: number;
  readonly step: number;
  readonly runs: number;
}

/** What a worker tells: after each run its number, and at the end what it counted. */
export type WorkerMessage = { readonly done: number } | { readonly tallies: Tallies };

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);

const { seed, first, step, runs } = workerData as WorkerShare;
const tallies: Tallies = new Map();
for (let run = first; run < runs; run += step) {
  replay(seed, run, tallies);
  tell({ done: run });
}
tell({ tallies });
