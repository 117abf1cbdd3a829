import { codeOf } from '../errors/quoted.ts';
import type { JobLogLine, JobOptions, JobOutcome } from '../job-options.ts';

/** What is known of a run when it ends. */
export interface Ending {
  readonly outcome: JobOutcome;
  readonly attempt: number;
  readonly rows: number;
  readonly leaseHeld?: true;
  /** What was thrown, when it did not end well. */
  readonly thrown?: { readonly error: unknown };
}

/** Whether running again can help: the error says so, and otherwise it is safe at least. */
function isRetryable(error: unknown): boolean {
  const retryable: unknown = Reflect.get(Object(error), 'retryable');
  return typeof retryable === 'boolean' ? retryable : true;
}

/** Neither a log nor a report may change how a job ended. */
function attempt(tell: () => unknown): void {
  new Promise((resolve) => resolve(tell())).catch(() => undefined);
}

/** One line and one report for each outcome. */
export function tellOutcome(options: JobOptions<unknown>, begunAtMs: number, ending: Ending): void {
  const { name, key, log, report } = options;
  const { outcome, attempt: claims, rows, thrown, leaseHeld } = ending;
  const line: JobLogLine = {
    job: name,
    key,
    outcome,
    durationMs: Math.round(performance.now() - begunAtMs),
    attempt: claims,
    rows,
    retryable: thrown !== undefined && isRetryable(thrown.error),
    ...(thrown === undefined ? {} : { code: codeOf(thrown.error) }),
    ...(leaseHeld === undefined ? {} : { leaseHeld }),
  };
  // Unbound, as they were passed: `health.jobFinished` needs no `this`.
  if (log !== undefined) attempt(() => log(line));
  if (report !== undefined) attempt(() => report(name, outcome));
}
