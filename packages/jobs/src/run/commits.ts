import { commitOverlaps, effectAsync, jobEnded, leaseLost, notJson } from '../errors/job-errors.ts';
import { WrongOptions } from '../errors/wrong-options.ts';
import { canonicalJson, NotJson } from '../ledger/canonical-json.ts';
import type { Advance, Hold, JobStore } from '../ledger/job-store.ts';
import { isFunction, isObject, isWhole } from '../value-checks.ts';
import type { LeaseSignal } from './lease-signal.ts';

type Effect<Db> = (db: Db) => unknown;

const isPromise = (value: unknown): value is PromiseLike<unknown> => isFunction(Reflect.get(Object(value), 'then'));

const isAsyncFunction = (effect: unknown): boolean =>
  Object.prototype.toString.call(effect) === '[object AsyncFunction]';

function readCommit(effect: unknown, options: unknown): number {
  const wrong = new WrongOptions('JOB_OPTIONS_INVALID', 'commit');
  wrong.demand(isFunction(effect), 'effect', effect, 'a function');
  const isOptions = options === undefined || isObject(options);
  wrong.demand(isOptions, 'options', options, 'an object with rows, or nothing');
  const { rows = 0 } = Object(options) as { rows?: unknown };
  const isCount = isWhole(rows, 0, Number.MAX_SAFE_INTEGER);
  wrong.demand(isCount, 'rows', rows, 'a whole number from 0');
  wrong.throwAny();
  return rows as number;
}

/** What is JSON, as it will be read back. */
export function printKept(code: 'JOB_CURSOR_INVALID' | 'JOB_RESULT_INVALID', value: unknown, at: string): string {
  try {
    return canonicalJson(value, at);
  } catch (error) {
    throw error instanceof NotJson ? notJson(code, error.at, error.got) : error;
  }
}

/** The commits of one run: one at a time, and none after its end. */
export class Commits<Db> {
  readonly #store: JobStore<Db>;
  readonly #hold: Hold;
  readonly #lease: LeaseSignal;
  #running: Promise<unknown> | undefined;
  #hasEnded = false;
  rowCount: number;

  constructor(store: JobStore<Db>, hold: Hold, lease: LeaseSignal, rowCount: number) {
    this.#store = store;
    this.#hold = hold;
    this.#lease = lease;
    this.rowCount = rowCount;
  }

  async commit(effect: Effect<Db>, options?: { readonly rows?: number }): Promise<unknown> {
    const rows = readCommit(effect, options);
    if (this.#hasEnded) throw jobEnded(this.#hold);
    if (this.#running !== undefined) throw commitOverlaps(this.#hold);
    const running = this.#apply(effect, rows);
    this.#running = running;
    try {
      return await running;
    } finally {
      this.#running = undefined;
    }
  }

  /** Lets nothing more begin; rejects when a commit that nobody awaited fails. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    await this.#running;
  }

  async #apply(effect: Effect<Db>, rows: number): Promise<unknown> {
    let cursor = '';
    let appliedAtMs = 0;
    const advance = (value: unknown): Advance => {
      appliedAtMs = performance.now();
      cursor = printKept('JOB_CURSOR_INVALID', value, 'cursor');
      return { cursor, rows };
    };
    const rowCount = await this.#store.commit(this.#hold, (db) => {
      const isSynchronous = this.#store.effects === 'synchronous';
      // Known before anything of it has run: what follows its first await could not be rolled back.
      if (isSynchronous && isAsyncFunction(effect)) throw effectAsync(this.#hold);
      const value = effect(db);
      if (!isPromise(value)) return advance(value);
      if (!isSynchronous) return Promise.resolve(value).then(advance);
      // Nobody else waits for it, and a rejection that nobody waits for ends the process.
      value.then(undefined, () => undefined);
      throw effectAsync(this.#hold);
    });
    if (rowCount === undefined) throw leaseLost(this.#hold, this.#hold.attempt);
    this.rowCount = rowCount;
    this.#lease.extend(appliedAtMs);
    return JSON.parse(cursor) as unknown;
  }
}
