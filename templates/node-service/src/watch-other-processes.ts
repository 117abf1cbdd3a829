import type { Health } from '@seaworthy/healthcheck';
import { watchJobs, type JobStore } from '@seaworthy/jobs';

import { errorFields, type Log } from './log.ts';

interface Watched {
  readonly ledger: JobStore<unknown>;
  readonly everyMs: number;
  readonly health: Pick<Health, 'jobFinished'>;
  readonly log: Log;
}

/**
 * Tells the health what imports and scheduled jobs did in processes of their own, and returns a function that ends it.
 *
 * A ledger that cannot be read is logged and read again: requests are answered all the same.
 */
export function watchOtherProcesses({ ledger, everyMs, health, log }: Watched): () => void {
  let hasEnded = false;
  const stop = watchJobs(ledger, (name, outcome) => health.jobFinished(name, outcome), {
    everyMs,
    onProblem(problem) {
      // Its message never says what the database said.
      if (!hasEnded) log.warn({ error: errorFields(problem.cause ?? problem) }, 'jobs could not be watched');
    },
  });
  return () => {
    hasEnded = true;
    stop();
  };
}
