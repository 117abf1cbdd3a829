import type { JobTotals } from '../jobs/job-totals.ts';

/** A job is failing while its last run that did anything failed: a run that was skipped has mended nothing. */
export function isFailing({ lastOutcome, lastFailedAt, lastSucceededAt }: JobTotals): boolean {
  if (lastOutcome !== 'skipped') return lastOutcome === 'failed';
  return lastFailedAt !== null && (lastSucceededAt === null || lastFailedAt > lastSucceededAt);
}
