import type { HealthSnapshot } from '../../health-snapshot.ts';
import { isFailing } from '../failing-job.ts';
import type { Html } from './html.ts';
import { ago, quiet, section } from './section.ts';
import { table } from './table.ts';
import { toned } from './tone.ts';
import { sayCount } from './words.ts';

export function jobTable({ jobs, wallMs }: HealthSnapshot): Html {
  if (jobs.length === 0) return section('jobs', 'Jobs', quiet('None has finished since the process started.'));
  const last = (at: number | null): Html | string => (at === null ? '–' : ago(at, wallMs));
  const rows = jobs
    .toSorted((left, right) => Number(isFailing(right)) - Number(isFailing(left)))
    .map((job) => [
      job.name,
      isFailing(job) ? toned('warn', 'failing') : toned('pass', job.lastOutcome),
      sayCount(job.succeeded),
      sayCount(job.failed),
      sayCount(job.skipped),
      last(job.lastSucceededAt),
      last(job.lastFailedAt),
    ]);
  return section(
    'jobs',
    'Jobs',
    table({
      labelledBy: 'jobs',
      caption: 'Since the process started.',
      columns: [
        { title: 'Job' },
        { title: 'Now' },
        { title: 'Succeeded', numeric: true },
        { title: 'Failed', numeric: true },
        { title: 'Skipped', numeric: true },
        { title: 'Last success' },
        { title: 'Last failure' },
      ],
      rows,
    }),
  );
}
