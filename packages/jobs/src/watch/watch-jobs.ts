import type { JobError } from '../errors/job-error.ts';
import { WrongOptions } from '../errors/wrong-options.ts';
import type { JobOutcome } from '../job-options.ts';
import type { Ended, JobStore } from '../ledger/job-store.ts';
import { aStore, isStore } from '../read-job-options.ts';
import { isFunction, isObject, isOptionalFunction, isWhole, longestDelayMs } from '../value-checks.ts';

/**
 * Options of `watchJobs`.
 *
 * @example
 * ```ts
 * import { memoryStore, watchJobs, type WatchOptions } from '@seaworthy/jobs';
 *
 * const problems: unknown[] = [];
 * const options: WatchOptions = { everyMs: 1000, onProblem: (problem) => void problems.push(problem) };
 * const stop = watchJobs(memoryStore(), () => undefined, options);
 * stop();
 * ```
 */
export interface WatchOptions {
  /** Pause between two looks, in milliseconds. @default 10_000 */
  readonly everyMs?: number;
  /** Called when the ledger cannot be read; it is tried again. What it throws is dropped. @default nothing */
  readonly onProblem?: (problem: JobError) => unknown;
}

type Report = (name: string, outcome: JobOutcome) => unknown;

/** A row that was written a moment ago is seen when its transaction has ended: each look goes back this far. */
const overlapMs = 60_000;

const outcomes = { finished: 'succeeded', failed: 'failed' } as const;
const idOf = ({ name, key, attempt, endedAtMs }: Ended): string => JSON.stringify([name, key, attempt, endedAtMs]);

function read(store: unknown, report: unknown, options: unknown): void {
  const wrong = new WrongOptions('JOB_OPTIONS_INVALID', 'watchJobs');
  wrong.demand(isStore(store), 'store', store, aStore);
  wrong.demand(isFunction(report), 'report', report, 'a function, such as health.jobFinished');
  wrong.demand(isObject(options), 'options', options, 'an object, or nothing');
  const { everyMs = 1, onProblem } = Object(options) as { everyMs?: unknown; onProblem?: unknown };
  const isPause = isWhole(everyMs, 1, longestDelayMs);
  wrong.demand(isPause, 'everyMs', everyMs, `whole milliseconds from 1 to ${longestDelayMs}`);
  wrong.demand(isOptionalFunction(onProblem), 'onProblem', onProblem, 'a function, or nothing');
  wrong.throwAny();
}

/** Neither a report nor a problem may end the watch. */
function tell(call: () => unknown): void {
  new Promise((resolve) => resolve(call())).catch(() => undefined);
}

/** Looks again and again, and remembers what it has told. */
class Watch {
  readonly #store: JobStore<unknown>;
  readonly #report: Report;
  readonly #startedAtMs: number;
  readonly #told = new Map<string, number>();
  #lastLookMs: number;

  constructor(store: JobStore<unknown>, report: Report, startedAtMs: number) {
    this.#store = store;
    this.#report = report;
    this.#startedAtMs = startedAtMs;
    this.#lastLookMs = startedAtMs;
  }

  async look(): Promise<void> {
    const sinceMs = Math.max(this.#startedAtMs, this.#lastLookMs - overlapMs);
    const { nowMs, ended } = await this.#store.endedSince(sinceMs);
    for (const end of ended) {
      const id = idOf(end);
      if (this.#told.has(id)) continue;
      this.#told.set(id, end.endedAtMs);
      tell(() => this.#report(end.name, outcomes[end.state]));
    }
    this.#lastLookMs = nowMs;
    for (const [id, endedAtMs] of this.#told) if (endedAtMs < nowMs - overlapMs) this.#told.delete(id);
  }
}

/**
 * Tells what jobs in other processes did: each outcome that the ledger gets from now on, once.
 *
 * A failure that is claimed again before the next look is not told, only how that ends. Refused and skipped calls leave no trace in the ledger. Its timer
 * does not keep the process alive.
 *
 * @returns a function that stops it
 * @throws {JobError} `JOB_OPTIONS_INVALID`.
 * @example
 * ```ts
 * import { setTimeout as delay } from 'node:timers/promises';
 * import { job, memoryStore, watchJobs } from '@seaworthy/jobs';
 *
 * const store = memoryStore();
 * const told: string[] = [];
 * // In a service: watchJobs(store, health.jobFinished)
 * const stop = watchJobs(store, (name, outcome) => void told.push(`${name} ${outcome}`), { everyMs: 5 });
 * await delay(20);
 * await job({ name: 'sweep', key: '2026-11-23', input: null, store }, () => 3);
 * while (told.length === 0) await delay(5);
 * stop();
 * if (told.join() !== 'sweep succeeded') throw new Error('something else was told');
 * ```
 */
export function watchJobs(store: JobStore<unknown>, report: Report, options: WatchOptions = {}): () => void {
  read(store, report, options);
  const { everyMs = 10_000, onProblem } = options;
  let watch: Watch | undefined;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    try {
      watch ??= new Watch(store, report, (await store.endedSince(undefined)).nowMs);
      await watch.look();
    } catch (error) {
      if (onProblem !== undefined) tell(() => onProblem(error as JobError));
    }
    if (!isStopped) timer = setTimeout(() => void look(), everyMs).unref();
  }

  void look();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
