import type { JobStore } from './ledger/job-store.ts';

/**
 * How a run of background work ended: `skipped` when there was nothing to do. The words of `health.jobFinished`.
 *
 * @example
 * ```ts
 * import { job, type JobOutcome, memoryStore } from '@seaworthy/jobs';
 *
 * const told: [string, JobOutcome][] = [];
 * const report = (name: string, outcome: JobOutcome) => void told.push([name, outcome]);
 * await job({ name: 'sweep', key: '2026-11-23', input: null, store: memoryStore(), report }, () => 3);
 * if (told.join() !== 'sweep,succeeded') throw new Error('the outcome was not told');
 * ```
 */
export type JobOutcome = 'succeeded' | 'failed' | 'skipped';

/**
 * One line for each outcome, ready to be logged; without an input, a cursor, a result or a message.
 *
 * @example
 * ```ts
 * import { job, type JobLogLine, memoryStore } from '@seaworthy/jobs';
 *
 * const lines: JobLogLine[] = [];
 * const log = (line: JobLogLine) => void lines.push(line);
 * await job({ name: 'sweep', key: '2026-11-23', input: null, store: memoryStore(), log }, () => 3);
 * if (lines[0]?.job !== 'sweep' || lines[0].attempt !== 1) throw new Error('the line says something else');
 * ```
 */
export interface JobLogLine {
  readonly job: string;
  readonly key: string;
  readonly outcome: JobOutcome;
  readonly durationMs: number;
  /** How often it was claimed; 0 when the ledger could not be read. */
  readonly attempt: number;
  /** Rows committed over all attempts. */
  readonly rows: number;
  /** Whether running it again can help. */
  readonly retryable: boolean;
  /** The code of the error, or the name of its class. */
  readonly code?: string;
  /** The store could not be told of the failure: nobody can run it again before the lease is over. */
  readonly leaseHeld?: true;
}

/**
 * Options of `job`.
 *
 * @example
 * ```ts
 * import { job, type JobOptions, memoryStore } from '@seaworthy/jobs';
 *
 * const options: JobOptions<undefined> = { name: 'import', key: 'orders.csv', input: { lines: 3 }, store: memoryStore() };
 * const first = await job(options, () => 'done');
 * const second = await job(options, () => 'done again');
 * if (first.outcome !== 'succeeded' || second.result !== 'done') throw new Error('it ran twice');
 * ```
 */
export interface JobOptions<Db> {
  /** What kind of work; 1 to 200 bytes. `log` and `report` name it. */
  readonly name: string;
  /** Which piece of it, done once: a file, an order, a date; 1 to 1000 bytes. `scheduleKey` makes one of a time. */
  readonly key: string;
  /** JSON that decides what is done. The same key with another input is refused. */
  readonly input: unknown;
  readonly store: JobStore<Db>;
  /** How long nobody else may take over without a commit, in milliseconds up to a day. @default 60_000 */
  readonly leaseMs?: number;
  /** How long the result is kept, in milliseconds up to 100 years; then the key may run again. @default 2_592_000_000, 30 days */
  readonly keepMs?: number;
  /** Told each outcome; `health.jobFinished` is one. What it throws is dropped. */
  readonly report?: (name: string, outcome: JobOutcome) => unknown;
  /** Given one line for each outcome. What it throws is dropped. */
  readonly log?: (line: JobLogLine) => unknown;
  /** Aborts the signal of the run, such as when the process is asked to stop. */
  readonly signal?: AbortSignal;
}

/**
 * What a run is given.
 *
 * @example
 * ```ts
 * import { job, type JobRun, memoryStore } from '@seaworthy/jobs';
 *
 * const run = async ({ cursor, commit, signal }: JobRun<undefined, { line: number }>) => {
 *   for (let line = cursor?.line ?? 0; line < 3; line += 1) {
 *     signal.throwIfAborted();
 *     await commit(() => ({ line: line + 1 }), { rows: 1 });
 *   }
 * };
 * const { rows } = await job({ name: 'import', key: 'orders.csv', input: null, store: memoryStore() }, run);
 * if (rows !== 3) throw new Error('not every line was committed');
 * ```
 */
export interface JobRun<Db, Cursor> {
  /** What the effect of the last commit returned; undefined before the first one. */
  readonly cursor: Cursor | undefined;
  /**
   * Applies an effect, moves the cursor and extends the lease, in one transaction; resolves with the new cursor.
   *
   * The effect returns the next cursor, which is JSON. `rows` only counts.
   *
   * @throws {JobError} `JOB_LEASE_LOST` past the lease, also when nobody took over; then nothing of it holds.
   */
  readonly commit: (
    effect: (db: Db) => Cursor | Promise<Cursor>,
    options?: { readonly rows?: number },
  ) => Promise<Cursor>;
  /** Aborted when the caller's is, and when the lease has run out. A run that returns after that has not finished: it is run again. */
  readonly signal: AbortSignal;
  /** 1 for the first run of the key. */
  readonly attempt: number;
}

/**
 * How `job` ended; `result` is read back from its JSON, the same for who ran it and for who came later.
 *
 * @example
 * ```ts
 * import { job, type JobEnd, memoryStore } from '@seaworthy/jobs';
 *
 * const work = { name: 'sweep', key: '2026-11-23', input: null, store: memoryStore() };
 * const end: JobEnd<number> = await job(work, () => 3);
 * if (end.result !== 3 || end.attempt !== 1 || end.rows !== 0) throw new Error('it ended otherwise');
 * ```
 */
export interface JobEnd<Result> {
  /** `skipped`: it was finished already. */
  readonly outcome: 'succeeded' | 'skipped';
  readonly result: Result;
  readonly attempt: number;
  readonly rows: number;
}

/** What remains of a result: nothing becomes null. */
export type Kept<Result> = [Result] extends [void] ? null : Result;
