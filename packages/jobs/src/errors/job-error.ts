import { type JobErrorCode, jobErrorCodes } from './job-error-codes.ts';

/**
 * One thing that is wrong, as data: a wrong option, or what failed.
 *
 * @example
 * ```ts
 * import { JobError, type JobProblem, scheduleKey } from '@seaworthy/jobs';
 *
 * let problems: readonly JobProblem[] = [];
 * try {
 *   scheduleKey({ name: '', every: 'day', startsAt: '25:00' });
 * } catch (error) {
 *   if (error instanceof JobError) problems = error.problems;
 * }
 * if (problems.map(({ name }) => name).join() !== 'name,startsAt') throw new Error('not both were reported');
 * ```
 */
export interface JobProblem {
  /** What is at fault: an option such as `leaseMs`, a place such as `input.orders[3]`, a job, a table. */
  readonly name: string;
  /** A wrong value and its type, or what happened. */
  readonly got: string;
  readonly expected: string;
  readonly fix: string;
  readonly retryable: boolean;
  /** Why another try helps or does not. */
  readonly retry: string;
  readonly owner: string;
}

/** Who holds a job that runs elsewhere, and for how long. */
export interface JobHolding {
  readonly holder: string;
  readonly leaseUntil: Date;
  readonly retryAfterMs: number;
}

/**
 * Every error of this package, with every problem at once; the message is the text to print, without a stack.
 *
 * No message holds a cursor, a result or what a database said: that stands in `cause`. What the job itself throws is never wrapped.
 *
 * @example
 * ```ts
 * import { job, JobError, memoryStore } from '@seaworthy/jobs';
 *
 * const store = memoryStore();
 * const work = { name: 'import', key: 'orders.csv', store };
 * await job({ ...work, input: { sha256: 'aa' } }, () => 480);
 * try {
 *   await job({ ...work, input: { sha256: 'bb' } }, () => 480);
 *   throw new Error('another file was taken for the same');
 * } catch (error) {
 *   if (!(error instanceof JobError) || error.code !== 'JOB_INPUT_CHANGED' || error.retryable) throw error;
 * }
 * ```
 */
export class JobError extends Error {
  override readonly name = 'JobError';
  readonly code: JobErrorCode;
  /** Whether the same call can succeed later. */
  readonly retryable: boolean;
  /** With `JOB_RUNNING`: milliseconds until the lease of the other worker is over. */
  readonly retryAfterMs?: number;
  /** With `JOB_RUNNING`: `<host name>/<process id>/<random>` of the other worker. */
  readonly holder?: string;
  /** With `JOB_RUNNING`: by the clock of the database. */
  readonly leaseUntil?: Date;
  readonly problems: readonly JobProblem[];

  constructor(code: JobErrorCode, problems: readonly JobProblem[], options: ErrorOptions & Partial<JobHolding> = {}) {
    const [what, outcome] = jobErrorCodes[code];
    const count = problems.length > 1 ? `${problems.length} problems: ` : '';
    const entries = problems.map((problem, index) => `\n\n${index + 1}. ${describeProblem(code, problem)}`);
    super(`${count}${what}. ${outcome}${entries.join('')}`, 'cause' in options ? { cause: options.cause } : {});
    this.code = code;
    this.retryable = problems.every(({ retryable }) => retryable);
    this.problems = Object.freeze([...problems]);
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
    if (options.holder !== undefined) this.holder = options.holder;
    if (options.leaseUntil !== undefined) this.leaseUntil = options.leaseUntil;
  }
}

function describeProblem(code: JobErrorCode, problem: JobProblem): string {
  return [
    `${problem.name}  ${code}`,
    `   got       ${problem.got}`,
    `   expected  ${problem.expected}`,
    `   fix       ${problem.fix}`,
    `   retry     ${problem.retryable ? 'yes' : 'no'}: ${problem.retry}`,
    `   owner     ${problem.owner}`,
  ].join('\n');
}
