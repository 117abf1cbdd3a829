/**
 * One option at fault: where, what was got, what was expected, how to fix it.
 *
 * @example
 * ```ts
 * import { createHealth, HealthOptionsError, type HealthOptionsProblem } from '@seaworthy/healthcheck';
 *
 * let problems: readonly HealthOptionsProblem[] = [];
 * try {
 *   createHealth({ serviceId: '', releaseId: '1.0.0' });
 * } catch (error) {
 *   if (error instanceof HealthOptionsError) problems = error.problems;
 * }
 * if (problems[0]?.option !== 'serviceId') throw new Error('the empty name was not reported');
 * ```
 */
export interface HealthOptionsProblem {
  /** Path of the option, for example `checks.database.everyMs`. */
  readonly option: string;
  /** The value and its type; of a token only its length. */
  readonly got: string;
  readonly expected: string;
  readonly fix: string;
}

/**
 * Thrown by `createHealth`; lists every problem of the options at once.
 *
 * @example
 * ```ts
 * import { createHealth, HealthOptionsError } from '@seaworthy/healthcheck';
 *
 * let code = '';
 * try {
 *   createHealth({ serviceId: 'orders', releaseId: '1.0.0', token: 'short' });
 * } catch (error) {
 *   if (error instanceof HealthOptionsError) code = error.code;
 * }
 * if (code !== 'HEALTH_OPTIONS_INVALID') throw new Error('a short token was accepted');
 * ```
 */
export class HealthOptionsError extends TypeError {
  override readonly name = 'HealthOptionsError';
  readonly code = 'HEALTH_OPTIONS_INVALID';
  readonly retryable = false;
  readonly problems: readonly HealthOptionsProblem[];

  constructor(problems: readonly HealthOptionsProblem[]) {
    super(describe(problems));
    this.problems = problems;
  }
}

function describe(problems: readonly HealthOptionsProblem[]): string {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  const entries = problems.map(({ option, got, expected, fix }, index) =>
    [
      `${index + 1}. ${option}  HEALTH_OPTIONS_INVALID`,
      `   got       ${got}`,
      `   expected  ${expected}`,
      `   fix       ${fix}`,
      `   retry     no: the same options fail again`,
      `   owner     the code that calls createHealth`,
    ].join('\n'),
  );
  return [`${count} in the options of createHealth. No check was started.`, ...entries].join('\n\n');
}
