import { job, sqliteStore, type JobLogLine } from '@seaworthy/jobs';

import { isSqliteError } from './driver-errors.ts';
import type { Log } from './log.ts';
import { openDatabaseFile } from './open-database-file.ts';
import { jobInterrupted } from './scheduled-job-errors.ts';
import type { ScheduledJob } from './scheduled-job.ts';
import type { ServiceSettings } from './settings.ts';

/**
 * Runs what is due of a scheduled job in the database of this environment, and writes one line about it.
 *
 * @throws {JobError} when it runs elsewhere, or the ledger failed.
 * @throws {CommandError} for everything else that a person can mend.
 */
export async function runScheduledJob(scheduled: ScheduledJob, settings: ServiceSettings, log: Log): Promise<void> {
  const connection = await openDatabaseFile(settings.service.databaseUrl);
  const logOutcome = (line: JobLogLine) =>
    log[line.outcome === 'failed' ? 'error' : line.code === undefined ? 'info' : 'warn'](line, 'job');
  try {
    const { key, input, run } = scheduled.dueAt(connection);
    // Nothing else runs in this process: waiting for other writers is left to the connection.
    const store = sqliteStore({ database: connection, busyTimeoutMs: 0 });
    await job({ name: scheduled.name, key, input, store, log: logOutcome }, run);
  } catch (error) {
    throw isSqliteError(error) ? jobInterrupted(error.message) : error;
  } finally {
    connection.close();
  }
}
