import type { HealthError } from '../errors/health-error.ts';

/** Called with what the history mended itself; what it throws is dropped. */
export type OnHistoryProblem = (problem: HealthError) => void;

/** Never in the middle of the work that found the problem, and never fatal: a log must not end the service. */
export function problemReporter(onProblem: OnHistoryProblem = warn): OnHistoryProblem {
  return (problem) => {
    Promise.resolve(problem)
      .then(onProblem)
      .catch(() => {});
  };
}

/** Node prints a warning on the standard error output. */
function warn(problem: HealthError): void {
  process.emitWarning(problem);
}
