import { job, type JobLogLine } from '@seaworthy/jobs';

import { withBackgroundDatabase } from './database/background-database.ts';
import { databaseMessage, isDatabaseError } from './driver-errors.ts';
import type { Log } from './log.ts';
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
  const logOutcome = (line: JobLogLine) =>
    log[line.outcome === 'failed' ? 'error' : line.code === undefined ? 'info' : 'warn'](line, 'job');
  try {
    await withBackgroundDatabase(settings, async (database) => {
      const { key, input, run } = scheduled.dueAt(database);
      await job({ name: scheduled.name, key, input, store: database.ledger, log: logOutcome }, run);
    });
  } catch (error) {
    throw isDatabaseError(error) ? jobInterrupted(databaseMessage(error)) : error;
  }
}
