import { dailyOrderSummary } from './daily-order-summary.ts';
import { jobUnknown } from './scheduled-job-errors.ts';
import type { ScheduledJob } from './scheduled-job.ts';

/** Every scheduled job; service.json lists the same. */
export const scheduledJobs: readonly ScheduledJob[] = [dailyOrderSummary];

/**
 * The scheduled job that was named on the command line.
 *
 * @throws {CommandError} `JOB_UNKNOWN`, with the names that there are.
 */
export function scheduledJobNamed(typed: readonly string[]): ScheduledJob {
  const [name, ...more] = typed;
  const named = scheduledJobs.find((job) => job.name === name);
  if (named !== undefined && more.length === 0) return named;
  throw jobUnknown(
    typed,
    scheduledJobs.map((job) => job.name),
  );
}
