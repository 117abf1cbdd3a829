import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

import type { WorkerMessage, WorkerShare } from './replay-worker.ts';
import { addTallies, type Tallies } from './tally.ts';

/** Replays on every processor; the result depends on the seed and the number of runs alone. */
export async function replayAll(seed: number, runs: number, progress: (done: number) => void): Promise<Tallies> {
  const step = availableParallelism();
  const total: Tallies = new Map();
  let done = 0;
  const shares = Array.from({ length: step }, (_, first) =>
    replayShare({ seed, first, step, runs }, () => progress(++done)),
  );
  for (const tallies of await Promise.all(shares)) addTallies(total, tallies);
  return total;
}

function replayShare(share: WorkerShare, onRun: () => void): Promise<Tallies> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('replay-worker.ts', import.meta.url), { workerData: share });
    worker.on('message', (message: WorkerMessage) => {
      if ('tallies' in message) resolve(message.tallies);
      else onRun();
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a worker ended with ${code} before it told what it counted`)));
  });
}
