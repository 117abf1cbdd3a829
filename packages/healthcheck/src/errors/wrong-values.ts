import type { HealthErrorCode } from './health-error-codes.ts';
import { HealthError, type HealthProblem, quoted } from './health-error.ts';

/** Who gave the value. */
const owners = {
  HEALTH_OPTIONS_INVALID: 'the code that calls createHealth',
  HEALTH_ARGUMENT_INVALID: 'the code that calls it',
  MANAGEMENT_OPTIONS_INVALID: 'the code that calls startManagementServer',
  HISTORY_OPTIONS_INVALID: 'the code that opens the history',
  HISTORY_ARGUMENT_INVALID: 'the code that calls the history',
  VERDICT_INPUT_INVALID: 'the code that calls judgeDeployment',
  SHUTDOWN_OPTIONS_INVALID: 'the code that calls gracefulShutdown',
} as const satisfies Partial<Record<HealthErrorCode, string>>;

type WrongValueCode = keyof typeof owners;

/** Collects what is wrong with the options of one call, so that one error names all of it. */
export class WrongValues {
  readonly #code: WrongValueCode;
  readonly #problems: HealthProblem[] = [];

  constructor(code: WrongValueCode) {
    this.#code = code;
  }

  demand(holds: boolean, name: string, value: unknown, expected: string, fix?: string): void {
    if (!holds) this.add(name, quoted(value), expected, fix);
  }

  /** For a value that no message may quote. */
  add(name: string, got: string, expected: string, fix?: string): void {
    this.#problems.push(problemOf(this.#code, name, got, expected, fix));
  }

  /** @throws {HealthError} when anything was wrong. */
  throwAny(): void {
    if (this.#problems.length > 0) throw new HealthError(this.#code, this.#problems);
  }
}

/** The error for the one value of a call. */
export function wrongValue(code: WrongValueCode, name: string, value: unknown, expected: string): HealthError {
  return new HealthError(code, [problemOf(code, name, quoted(value), expected)]);
}

function problemOf(code: WrongValueCode, name: string, got: string, expected: string, fix?: string): HealthProblem {
  return {
    name,
    got,
    expected,
    fix: fix ?? `pass such a value as ${name}`,
    retryable: false,
    retry: 'the same value fails again',
    owner: owners[code],
  };
}
