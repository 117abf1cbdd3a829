import type { JobTotals } from '../../jobs/job-totals.ts';
import { labels, type MetricFamily, type Sample } from './metric-family.ts';

/** The label is not `job`: Prometheus gives that name to the target. */
export function jobMetrics(jobs: readonly JobTotals[]): MetricFamily[] {
  const last = (name: string, at: number | null): Sample[] =>
    at === null ? [] : [{ labels: labels({ job_name: name }), value: at / 1000 }];
  return [
    {
      name: 'job_runs_total',
      type: 'counter',
      help: 'Runs of background work, by how they ended.',
      samples: jobs.flatMap(({ name, succeeded, failed, skipped }) =>
        Object.entries({ succeeded, failed, skipped }).map(([outcome, value]) => ({
          labels: labels({ job_name: name, outcome }),
          value,
        })),
      ),
    },
    {
      name: 'job_last_succeeded_timestamp_seconds',
      type: 'gauge',
      help: 'Last run that succeeded, in seconds since 1970.',
      samples: jobs.flatMap(({ name, lastSucceededAt }) => last(name, lastSucceededAt)),
    },
    {
      name: 'job_last_failed_timestamp_seconds',
      type: 'gauge',
      help: 'Last run that failed, in seconds since 1970.',
      samples: jobs.flatMap(({ name, lastFailedAt }) => last(name, lastFailedAt)),
    },
  ];
}
