import type { RedactedUrl } from '@seaworthy/defaults';
import type { Health } from '@seaworthy/healthcheck';
import { sqliteStore, watchJobs } from '@seaworthy/jobs';

import { errorFields, type Log } from './log.ts';
import { openDatabaseFile } from './open-database-file.ts';

interface Watched {
  readonly databaseUrl: RedactedUrl;
  readonly everyMs: number;
  readonly health: Pick<Health, 'jobFinished'>;
  readonly log: Log;
}

/**
 * Tells the health what imports and scheduled jobs did in processes of their own, and returns a function that ends it.
 *
 * A ledger that cannot be read is logged and read again: requests are answered all the same.
 */
export async function watchOtherProcesses({ databaseUrl, everyMs, health, log }: Watched): Promise<() => void> {
  const connection = await openDatabaseFile(databaseUrl);
  // From here on the store waits for other writers, between turns of the event loop, which answers requests meanwhile.
  connection.exec('PRAGMA busy_timeout = 0');
  let hasEnded = false;
  const stop = watchJobs(sqliteStore({ database: connection }), (name, outcome) => health.jobFinished(name, outcome), {
    everyMs,
    onProblem(problem) {
      // Its message never says what the database said.
      if (!hasEnded) log.warn({ error: errorFields(problem.cause ?? problem) }, 'jobs could not be watched');
    },
  });
  return () => {
    hasEnded = true;
    stop();
    connection.close();
  };
}
