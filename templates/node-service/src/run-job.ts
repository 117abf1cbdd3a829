// Runs a scheduled job once for its slot: safe to start again, at any time and from anywhere.
import { JobError } from '@seaworthy/jobs';

import { exitTryAgain, runCommand } from './command-error.ts';
import { createCommandLog } from './log.ts';
import { runScheduledJob } from './run-scheduled-job.ts';
import { scheduledJobNamed } from './scheduled-jobs.ts';
import { loadServiceSettings } from './settings.ts';

async function run(typed: readonly string[]): Promise<number> {
  const scheduled = scheduledJobNamed(typed);
  const { settings } = loadServiceSettings();
  try {
    await runScheduledJob(scheduled, settings, createCommandLog(settings.logging));
    return 0;
  } catch (error) {
    if (!(error instanceof JobError)) throw error;
    process.stderr.write(`${String(error)}\n`);
    return error.code === 'JOB_RUNNING' ? exitTryAgain : 1;
  }
}

await runCommand(() => run(process.argv.slice(2)));
