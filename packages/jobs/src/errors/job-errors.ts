// Every text of an error that is not a wrong option.
import type { WorkKey } from '../ledger/job-store.ts';
import { JobError, type JobProblem } from './job-error.ts';
import { codeOf } from './quoted.ts';

const caller = 'the code that calls job';
const operator = 'whoever runs the database';

const nameOf = ({ name, key }: WorkKey): string => `${JSON.stringify(name)} ${JSON.stringify(key)}`;

const never = (retry: string): Pick<JobProblem, 'retryable' | 'retry'> => ({ retryable: false, retry });
const later = (retry: string): Pick<JobProblem, 'retryable' | 'retry'> => ({ retryable: true, retry });

export function inputChanged(work: WorkKey, hash: string, ledgerHash: string): JobError {
  const problem = {
    name: nameOf(work),
    got: `an input with the hash ${hash}`,
    expected: `the input that the key was first used with, hash ${ledgerHash}`,
    fix: 'give new input a key of its own, for example with a hash or a date in it',
    ...never('the same input is refused again'),
    owner: caller,
  };
  return new JobError('JOB_INPUT_CHANGED', [problem]);
}

export function jobRunning(work: WorkKey, holder: string, leaseUntilMs: number, retryAfterMs: number): JobError {
  const leaseUntil = new Date(leaseUntilMs);
  const problem = {
    name: nameOf(work),
    got: `held by ${holder} until ${leaseUntil.toISOString()}, by the clock of the database`,
    expected: 'nobody else at work on it',
    fix: 'nothing, when the other worker is at it; one that died holds it until then',
    ...later(`in ${retryAfterMs} ms, if it has not finished by then`),
    owner: 'the worker that holds it',
  };
  return new JobError('JOB_RUNNING', [problem], { holder, leaseUntil, retryAfterMs });
}

export function leaseLost(work: WorkKey, attempt: number): JobError {
  const problem = {
    name: nameOf(work),
    got: `attempt ${attempt}, whose lease ran out or was taken over`,
    expected: 'a commit before the lease is over; each commit extends it',
    fix: 'commit smaller batches, or raise leaseMs above the longest time between two commits',
    ...later('run the job again: it goes on from its last commit'),
    owner: caller,
  };
  return new JobError('JOB_LEASE_LOST', [problem]);
}

export function effectAsync(work: WorkKey): JobError {
  const problem = {
    name: nameOf(work),
    got: 'a promise from the effect',
    expected: 'an effect that is done when it returns: the transaction of this store is one turn of the event loop',
    fix: 'await before commit, and only write inside the effect',
    ...never('the same effect is refused again'),
    owner: caller,
  };
  return new JobError('JOB_EFFECT_ASYNC', [problem]);
}

export function connectionBusy(table: string, waitedMs: number): JobError {
  const problem = {
    name: table,
    got: `a transaction of other code, open on this connection for ${waitedMs} ms`,
    expected: 'a connection on which transactions are short',
    fix: 'give the jobs a connection of their own, or end the other transaction',
    ...later('when the other transaction has ended'),
    owner: 'the code that shares the connection',
  };
  return new JobError('JOB_CONNECTION_BUSY', [problem]);
}

export function commitOverlaps(work: WorkKey): JobError {
  const problem = {
    name: nameOf(work),
    got: 'a second commit at the same time',
    expected: 'one commit after the other: each returns the cursor of the next',
    fix: 'await each commit',
    ...never('the same code does it again'),
    owner: caller,
  };
  return new JobError('JOB_COMMIT_OVERLAPS', [problem]);
}

export function jobEnded(work: WorkKey): JobError {
  const problem = {
    name: nameOf(work),
    got: 'a commit after run had returned or thrown',
    expected: 'every commit to be awaited inside run',
    fix: 'await each commit before run returns',
    ...never('the same code does it again'),
    owner: caller,
  };
  return new JobError('JOB_ENDED', [problem]);
}

/** `at` is the place of what is not JSON: `cursor.line`, `result`. */
export function notJson(code: 'JOB_CURSOR_INVALID' | 'JOB_RESULT_INVALID', at: string, got: string): JobError {
  const what = code === 'JOB_CURSOR_INVALID' ? 'the next cursor from the effect' : 'a result from run';
  const problem = {
    name: at,
    got,
    expected: 'null, a boolean, a finite number, text, an array or a plain object',
    fix: `return ${what} that is JSON`,
    ...never('the same value is refused again'),
    owner: caller,
  };
  return new JobError(code, [problem]);
}

export function tableMissing(table: string, cause: unknown): JobError {
  const problem = {
    name: table,
    got: 'no such table',
    expected: 'the table that migrate(store) creates',
    fix: 'call migrate(store) where the migrations run',
    ...later('as soon as the table is there'),
    owner: 'whoever deploys the service',
  };
  return new JobError('JOB_TABLE_MISSING', [problem], { cause });
}

interface StoreFailure {
  /** What the driver calls it, where its code alone says too little. */
  readonly got?: string;
  readonly canHeal: boolean;
}

export function storeFailed(table: string, cause: unknown, { got, canHeal }: StoreFailure): JobError {
  const problem = {
    name: table,
    got: got ?? codeOf(cause),
    expected: 'a database that answers, takes what is written and has room for it',
    fix: 'look the code up, and read the cause of this error; it is not printed, since it may name an address',
    ...(canHeal ? later('the job goes on from its last commit') : never('the same statement fails again')),
    owner: operator,
  };
  return new JobError('JOB_STORE_FAILED', [problem], { cause });
}

export function transactionEnded(table: string): JobError {
  const problem = {
    name: table,
    got: 'an effect that ended the transaction it runs in',
    expected: 'COMMIT and ROLLBACK to be left to commit',
    fix: 'take BEGIN, COMMIT and ROLLBACK out of the effect; SAVEPOINT is fine',
    ...never('the same effect does it again; look at what it wrote, it may stand without its cursor'),
    owner: caller,
  };
  return new JobError('JOB_STORE_FAILED', [problem]);
}
