// A program of its own: imports lines one batch after the other, and prints what happened.
import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { job, JobError, type JobRun, migrate } from '../index.ts';
import type { ImportEvent, ImportSettings } from './import-settings.ts';
import { openTarget } from './import-target.ts';

const settings = JSON.parse(process.argv[2] ?? '{}') as ImportSettings;
const { key, lines, linesPerCommit, leaseMs, pauseMs = 0, clockErrorMs = 0, stopsInCommit = 0 } = settings;

const rightNow = Date.now.bind(Date);
Date.now = () => rightNow() + clockErrorMs;

const print = (event: ImportEvent) => writeSync(1, `${JSON.stringify(event)}\n`);

const target = openTarget(settings.database);
if (settings.isMigrated !== true) {
  await target.createTable();
  await migrate(target.store);
}

let commits = 0;

/** Resolves when it may go on; a signal that somebody waits for does not keep a process alive. */
function untilTold(): Promise<void> {
  const alive = setInterval(() => undefined, 60_000);
  return new Promise((resolve) => {
    process.once('SIGUSR2', () => {
      clearInterval(alive);
      resolve();
    });
  });
}
const told = settings.waits === true ? untilTold() : undefined;

async function importLines({ cursor, commit, signal }: JobRun<unknown, { line: number }>): Promise<number> {
  let line = cursor?.line ?? 0;
  while (line < lines) {
    if (told === undefined) signal.throwIfAborted();
    const to = Math.min(line + linesPerCommit, lines);
    // oxlint-disable-next-line no-loop-func, no-await-in-loop -- one batch after the other
    const next = await commit(
      (db) => {
        const written = target.write(db, key, line, to);
        commits += 1;
        // The signal arrives when the kernel likes; what follows waits for the worker to be continued.
        if (commits === stopsInCommit) process.kill(process.pid, 'SIGSTOP');
        return written instanceof Promise ? written.then(() => ({ line: to })) : { line: to };
      },
      { rows: to - line },
    );
    ({ line } = next);
    print({ event: 'commit', line });
    // oxlint-disable-next-line no-await-in-loop -- one batch after the other
    await told;
    // oxlint-disable-next-line no-await-in-loop -- one batch after the other
    if (pauseMs > 0) await delay(pauseMs);
  }
  return line;
}

async function tryOnce(): Promise<boolean> {
  try {
    const end = await job({ name: 'import', key, input: { lines }, store: target.store, leaseMs }, importLines);
    print({ event: 'end', ...end });
    return true;
  } catch (error) {
    if (!(error instanceof JobError)) throw error;
    const { code, retryable, retryAfterMs } = error;
    const rest = retryAfterMs === undefined ? {} : { retryAfterMs };
    print({ event: 'error', code, retryable, ...rest });
    if (settings.triesAgain !== true || !retryable) return true;
    await delay(Math.min(retryAfterMs ?? 10, leaseMs) + 1);
    return false;
  }
}

print({ event: 'ready' });
// oxlint-disable-next-line no-await-in-loop -- one try after the other
while (!(await tryOnce()));
await target.close();
