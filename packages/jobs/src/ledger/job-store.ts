/** Which piece of work: a row of the ledger. */
export interface WorkKey {
  readonly name: string;
  readonly key: string;
}

/** A wish to run a piece of work. */
export interface Claim extends WorkKey {
  readonly inputHash: string;
  /** New for each claim, so that no two claims are ever taken for one another. */
  readonly holder: string;
  readonly leaseMs: number;
}

/** What the ledger says to a claim; `cursor` and `result` are JSON text, times are milliseconds by the store's clock. */
export type ClaimAnswer = { readonly attempt: number; readonly rowCount: number } & (
  | { readonly kind: 'claimed'; readonly cursor: string | null }
  | { readonly kind: 'finished'; readonly result: string }
  | { readonly kind: 'running'; readonly holder: string; readonly leaseUntilMs: number; readonly nowMs: number }
  | { readonly kind: 'input changed'; readonly inputHash: string }
);

/** A claim that was granted: attempt and holder together are the fencing token. */
export interface Hold extends WorkKey {
  readonly attempt: number;
  readonly holder: string;
  readonly leaseMs: number;
}

/** What an effect left behind. */
export interface Advance {
  /** JSON text. */
  readonly cursor: string;
  readonly rows: number;
}

/** A piece of work that ended. */
export interface Ended extends WorkKey {
  readonly state: 'failed' | 'finished';
  readonly attempt: number;
  readonly endedAtMs: number;
}

/**
 * Where the ledger is kept; `Db` is what an effect writes with. Written by the rules of `contract/README.md`, each method one transaction.
 *
 * Methods reject with a `JobError`: `JOB_TABLE_MISSING`, `JOB_STORE_FAILED`, `JOB_CONNECTION_BUSY`. What an effect throws is rolled back and passed on as it is.
 *
 * @example
 * ```ts
 * import { type JobStore, memoryStore, prune } from '@seaworthy/jobs';
 *
 * // Another store is an object with the same methods; this one counts what is asked of it.
 * const inner = memoryStore();
 * let pruned = 0;
 * const store: JobStore<undefined> = { ...inner, prune: (limit) => inner.prune(((pruned += 1), limit)) };
 * await prune(store);
 * if (pruned !== 1) throw new Error('the store was not asked');
 * ```
 */
export interface JobStore<Db> {
  /** Whether an effect may return a promise, or has to be done when it returns. */
  readonly effects: 'synchronous' | 'asynchronous';
  /** Creates the table where it is missing; any number of processes may do it at once. */
  migrate(): Promise<void>;
  claim(claim: Claim): Promise<ClaimAnswer>;
  /** The number of rows so far, or nothing when the lease is lost: then nothing of it holds. */
  commit(hold: Hold, effect: (db: Db) => Advance | Promise<Advance>): Promise<number | undefined>;
  /** False when the lease is lost; `result` is JSON text. */
  finish(hold: Hold, result: string, keepMs: number): Promise<boolean>;
  /** Gives the lease back and keeps the cursor; nothing happens when somebody else has claimed it. */
  fail(hold: Hold, error: string): Promise<void>;
  /** Deletes up to `limit` finished rows that need not be kept any longer; returns how many. */
  prune(limit: number): Promise<number>;
  /** What ended at or after that time, and the time now; without a time only the time now. */
  endedSince(sinceMs: number | undefined): Promise<{ readonly nowMs: number; readonly ended: readonly Ended[] }>;
}
