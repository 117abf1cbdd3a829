import { inputChanged, jobRunning, leaseLost } from './errors/job-errors.ts';
import { codeOf } from './errors/quoted.ts';
import type { JobEnd, JobOptions, JobRun, Kept } from './job-options.ts';
import type { Claim, ClaimAnswer, JobStore } from './ledger/job-store.ts';
import { newHolder } from './ledger/holder.ts';
import { readJobOptions } from './read-job-options.ts';
import { Commits, printKept } from './run/commits.ts';
import { LeaseSignal } from './run/lease-signal.ts';
import { type Ending, tellOutcome } from './run/tell-outcome.ts';

type Run<Db, Cursor, Result> = (run: JobRun<Db, Cursor>) => Result | Promise<Result>;

/** What is pruned beside each job that finishes, so that nothing else has to. */
const prunedPerJob = 100;

/**
 * Runs a piece of work once for its key, however often it is called, by however many processes.
 *
 * Finished before: the stored result, `outcome: 'skipped'`. Broken off: it goes on from its last commit. Running elsewhere: `JOB_RUNNING`, with when to
 * try again. What is written through `commit` happens exactly once; what lies outside the store may happen again after a crash.
 *
 * @throws {JobError} `JOB_OPTIONS_INVALID`, `JOB_INPUT_CHANGED`, `JOB_RUNNING`, `JOB_LEASE_LOST`, `JOB_RESULT_INVALID`, `JOB_TABLE_MISSING`,
 * `JOB_STORE_FAILED`, `JOB_CONNECTION_BUSY`; what `run` throws is thrown on as it is, with the cursor kept and the lease given back.
 * @example
 * ```ts
 * import { job, type JobRun, memoryStore } from '@seaworthy/jobs';
 *
 * const options = { name: 'import', key: 'orders.csv', input: { lines: 3 }, store: memoryStore() };
 * const lines = ['a', 'b', 'c'];
 * const imported: string[] = [];
 * let failsAt = 1;
 * const run = async ({ cursor, commit }: JobRun<undefined, number>) => {
 *   for (let line = cursor ?? 0; line < lines.length; line += 1) {
 *     if (line === failsAt) throw new Error('no more today');
 *     await commit(() => imported.push(lines[line] ?? ''), { rows: 1 });
 *   }
 *   return imported.length;
 * };
 * await job(options, run).catch(() => undefined);
 * failsAt = 99;
 * const { result, attempt } = await job(options, run);
 * if (result !== 3 || attempt !== 2 || imported.join('') !== 'abc') throw new Error('it began anew');
 * ```
 */
export async function job<Db, Cursor, Result>(
  options: JobOptions<Db>,
  run: Run<Db, Cursor, Result>,
): Promise<JobEnd<Kept<Result>>> {
  const { inputHash, leaseMs, keepMs } = readJobOptions(options, run);
  const { name, key, store, signal } = options;
  const begunAtMs = performance.now();
  const ending: Known = { outcome: 'failed', attempt: 0, rows: 0 };
  try {
    signal?.throwIfAborted();
    const claim = { name, key, inputHash, holder: newHolder(), leaseMs };
    const claimedAtMs = performance.now();
    const answer = await store.claim(claim);
    ending.attempt = answer.attempt;
    ending.rows = answer.rowCount;
    const result =
      answer.kind === 'claimed'
        ? await runClaimed({ store, claim, answer, claimedAtMs, keepMs, signal, ending }, run)
        : resultOf(claim, answer, ending);
    tellOutcome(options, begunAtMs, ending);
    const { outcome, attempt, rows } = ending;
    return {
      outcome: outcome === 'skipped' ? outcome : 'succeeded',
      result: JSON.parse(result) as Kept<Result>,
      attempt,
      rows,
    };
  } catch (error) {
    tellOutcome(options, begunAtMs, { ...ending, thrown: { error } });
    throw error;
  }
}

type Known = { -readonly [Key in keyof Ending]: Ending[Key] };

/** The result of work that is finished, as JSON text. */
function resultOf(claim: Claim, answer: Exclude<ClaimAnswer, { kind: 'claimed' }>, ending: Known): string {
  if (answer.kind === 'input changed') throw inputChanged(claim, claim.inputHash, answer.inputHash);
  ending.outcome = 'skipped';
  if (answer.kind === 'finished') return answer.result;
  throw jobRunning(claim, answer.holder, answer.leaseUntilMs, answer.leaseUntilMs - answer.nowMs);
}

interface Claimed<Db> {
  readonly store: JobStore<Db>;
  readonly claim: Claim;
  readonly answer: Extract<ClaimAnswer, { kind: 'claimed' }>;
  readonly claimedAtMs: number;
  readonly keepMs: number;
  readonly signal: AbortSignal | undefined;
  readonly ending: Known;
}

/** Runs it and writes how it ended; returns the result as JSON text. */
async function runClaimed<Db, Cursor, Result>(claimed: Claimed<Db>, run: Run<Db, Cursor, Result>): Promise<string> {
  const { store, claim, answer, ending } = claimed;
  const { attempt, cursor } = answer;
  const hold = { ...claim, attempt };
  const lease = new LeaseSignal(hold, claimed.signal);
  lease.extend(claimed.claimedAtMs);
  const commits = new Commits(store, hold, lease, answer.rowCount);
  try {
    const value = await run({
      cursor: cursor === null ? undefined : (JSON.parse(cursor) as Cursor),
      commit: async (effect, options) => (await commits.commit(effect, options)) as Cursor,
      signal: lease.signal,
      attempt,
    });
    await commits.end();
    // A loop that ends for the signal returns as if everything were done; the next run finds out whether it is.
    lease.signal.throwIfAborted();
    const result = printKept('JOB_RESULT_INVALID', value ?? null, 'result');
    if (!(await store.finish(hold, result, claimed.keepMs))) throw leaseLost(hold, attempt);
    ending.outcome = 'succeeded';
    await store.prune(prunedPerJob).catch(() => undefined);
    return result;
  } catch (error) {
    await commits.end().catch(() => undefined);
    // What went wrong first is what is thrown; a lease that cannot be given back runs out by itself.
    await store.fail(hold, codeOf(error)).catch(() => (ending.leaseHeld = true));
    throw error;
  } finally {
    ending.rows = commits.rowCount;
    lease.close();
  }
}
