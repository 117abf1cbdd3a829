import { type HealthErrorCode, healthErrorCodes } from './health-error-codes.ts';

/**
 * One thing that is wrong, as data: a wrong option, or what failed.
 *
 * @example
 * ```ts
 * import { fileHistory, HealthError, type HealthProblem } from '@seaworthy/healthcheck';
 *
 * let problems: readonly HealthProblem[] = [];
 * try {
 *   fileHistory({ path: '', maxMinutes: 0 });
 * } catch (error) {
 *   if (error instanceof HealthError) problems = error.problems;
 * }
 * if (problems.map(({ name }) => name).join() !== 'path,maxMinutes') throw new Error('not both were reported');
 * ```
 */
export interface HealthProblem {
  /** What is at fault: an option such as `checks.database.everyMs`, a file, a table, a step of stopping. */
  readonly name: string;
  /** A wrong value and its type, or what happened; of a token only its length. */
  readonly got: string;
  readonly expected: string;
  readonly fix: string;
  readonly retryable: boolean;
  /** Why another try helps or does not. */
  readonly retry: string;
  readonly owner: string;
}

/**
 * What fails in this package, with every problem at once; the message is the text to print, without a stack.
 *
 * No message holds a secret, a record or what a database said: that stands in `cause`.
 *
 * @example
 * ```ts
 * import { createHealth, HealthError } from '@seaworthy/healthcheck';
 *
 * try {
 *   createHealth({ serviceId: '', releaseId: '1.0.0', token: 'short' });
 *   throw new Error('a short token was accepted');
 * } catch (error) {
 *   if (!(error instanceof HealthError) || error.code !== 'HEALTH_OPTIONS_INVALID') throw error;
 *   if (error.problems.length !== 2 || error.retryable) throw new Error('not every problem was reported');
 * }
 * ```
 */
export class HealthError extends Error {
  override readonly name = 'HealthError';
  readonly code: HealthErrorCode;
  /** Whether the same call can succeed later. */
  readonly retryable: boolean;
  readonly problems: readonly HealthProblem[];

  constructor(code: HealthErrorCode, problems: readonly HealthProblem[], options?: ErrorOptions) {
    const [what, outcome] = healthErrorCodes[code];
    const count = problems.length > 1 ? `${problems.length} problems: ` : '';
    const entries = problems.map((problem, index) => `\n\n${index + 1}. ${describeProblem(code, problem)}`);
    super(`${count}${what}. ${outcome}${entries.join('')}`, options);
    this.code = code;
    this.retryable = problems.every(({ retryable }) => retryable);
    this.problems = Object.freeze([...problems]);
  }
}

function describeProblem(code: HealthErrorCode, problem: HealthProblem): string {
  return [
    `${problem.name}  ${code}`,
    `   got       ${problem.got}`,
    `   expected  ${problem.expected}`,
    `   fix       ${problem.fix}`,
    `   retry     ${problem.retryable ? 'yes' : 'no'}: ${problem.retry}`,
    `   owner     ${problem.owner}`,
  ].join('\n');
}

/** A value and its type, never more than a line of it. */
export function quoted(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === 'string')
    return `${JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)} (string)`;
  if (typeof value === 'number' || typeof value === 'boolean') return `${value} (${typeof value})`;
  return Array.isArray(value) ? 'a value (array)' : `a value (${typeof value})`;
}

/** What a system call or a driver calls the failure; its message may name an address. */
export function codeOf(cause: unknown): string {
  const code: unknown = Reflect.get(Object(cause), 'code');
  return typeof code === 'string' ? code : cause instanceof Error ? cause.name : typeof cause;
}
