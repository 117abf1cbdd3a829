import { expect } from 'vitest';

import { job, type JobError, type JobLogLine, type JobOptions, type JobRun, memoryStore } from '../index.ts';

export const failing = (error: unknown) => () => {
  throw error;
};

/** Options of a job, and the lines that it logs. */
export function work(changes: Partial<JobOptions<undefined>> = {}) {
  const lines: JobLogLine[] = [];
  const log = (line: JobLogLine) => void lines.push(line);
  const options = { name: 'import', key: 'orders.csv', input: { lines: 3 }, store: memoryStore(), log, ...changes };
  return {
    options,
    lines,
    words: () => lines.map(({ outcome, code }) => (code === undefined ? outcome : `${outcome} ${code}`)),
  };
}

export const thrownBy = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('nothing was thrown'),
    (error: unknown) => error as JobError,
  );

/** A job of this key that runs until it is let go. */
export function begin(options: JobOptions<undefined>) {
  const gate = Promise.withResolvers<string>();
  const started = Promise.withResolvers<JobRun<undefined, unknown>>();
  const ended = job(options, (run: JobRun<undefined, unknown>) => {
    started.resolve(run);
    return gate.promise;
  });
  return { started: started.promise, end: gate.resolve, ended };
}
