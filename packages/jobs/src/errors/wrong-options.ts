import { JobError, type JobProblem } from './job-error.ts';
import { quoted } from './quoted.ts';

/** Collects what is wrong with the arguments of one call, so that one error names all of it. */
export class WrongOptions {
  readonly #code: 'JOB_OPTIONS_INVALID' | 'SCHEDULE_INVALID';
  readonly #calls: string;
  readonly #problems: JobProblem[] = [];

  /** @param calls - the function whose caller has to change something */
  constructor(code: 'JOB_OPTIONS_INVALID' | 'SCHEDULE_INVALID', calls: string) {
    this.#code = code;
    this.#calls = calls;
  }

  demand(holds: boolean, name: string, value: unknown, expected: string): void {
    if (!holds) this.add(name, quoted(value), expected);
  }

  add(name: string, got: string, expected: string): void {
    const fix = `pass such a value as ${name}`;
    const owner = `the code that calls ${this.#calls}`;
    this.#problems.push({ name, got, expected, fix, retryable: false, retry: 'the same value fails again', owner });
  }

  /** @throws {JobError} when anything was wrong. */
  throwAny(): void {
    if (this.#problems.length > 0) throw new JobError(this.#code, this.#problems);
  }
}
