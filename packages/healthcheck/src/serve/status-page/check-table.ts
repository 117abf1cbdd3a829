import type { HealthSnapshot } from '../../health-snapshot.ts';
import type { Html } from './html.ts';
import { ago, quiet, section } from './section.ts';
import { table } from './table.ts';
import { toned } from './tone.ts';
import { sayMilliseconds } from './words.ts';

const gateWords = { report: 'nothing', ready: 'traffic', startup: 'the start' } as const;
const checkWords = { pass: 'passes', warn: 'does not pass', fail: 'does not pass' } as const;

export function checkTable({ checks, wallMs }: HealthSnapshot): Html {
  if (checks.length === 0) return section('checks', 'Checks', quiet('None is declared.'));
  const order = { fail: 0, warn: 1, pass: 2 } as const;
  const rows = checks
    .toSorted((left, right) => order[left.status] - order[right.status])
    .map(({ name, status, gates, at, durationMs }) => [
      name,
      at === null ? toned('idle', 'has not run yet') : toned(status, checkWords[status]),
      gateWords[gates],
      at === null ? '–' : ago(at, wallMs),
      sayMilliseconds(durationMs),
    ]);
  return section(
    'checks',
    'Checks',
    table({
      labelledBy: 'checks',
      caption: 'They run in the background. The error of one stands in the log of the service.',
      columns: [
        { title: 'Check' },
        { title: 'Now' },
        { title: 'Holds back' },
        { title: 'Last run' },
        { title: 'Took', numeric: true },
      ],
      rows,
    }),
  );
}
