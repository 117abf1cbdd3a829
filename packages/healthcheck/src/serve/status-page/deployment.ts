import type { HealthSnapshot } from '../../health-snapshot.ts';
import type { DeployTest, DeployVerdict, MeasureKind } from '../../verdict/deploy-verdict.ts';
import type { HealthAnswers } from '../health-document.ts';
import { capital, deployTone } from './answer-cards.ts';
import { html, type Html, nothing } from './html.ts';
import { section } from './section.ts';
import { table } from './table.ts';
import { toned } from './tone.ts';
import { sayCount, sayMany, sayMilliseconds, sayRate, sayShare, sayTime } from './words.ts';

export function deployment({ releaseId, deploy }: HealthSnapshot, answer: HealthAnswers['deploy']): Html {
  if (deploy === undefined) {
    return section(
      'deployment',
      'Last deployment',
      html`<p>Not measured: there is no history to compare <code>${releaseId}</code> with.</p>`,
    );
  }
  const { previousReleaseId: previous, tests } = deploy.numbers;
  return section(
    'deployment',
    'Last deployment',
    html`<p class="answer">${toned(deployTone(answer), capital(answer))}</p>
      <p>${deploy.sentence}</p>
      <p class="quiet">
        Release <code>${releaseId}</code>${previous === null ? nothing : html` after <code>${previous}</code>`}.
        ${reading(deploy)}
      </p>
      ${tests.length === 0 ? nothing : testTable(tests)}`,
  );
}

function reading({ preliminary, collecting, numbers }: DeployVerdict): string {
  const { nextReadingMinute, comparisons, historyHours, mode } = numbers;
  const next = collecting?.firstReadingMinute ?? nextReadingMinute;
  const parts = [
    mode === null ? '' : `Compared ${mode}.`,
    comparisons === 0
      ? ''
      : `Held against ${sayMany(comparisons, 'moment')} without a deployment, in ${sayMany(Math.round(historyHours), 'hour')} of history.`,
    preliminary && collecting === undefined ? 'Preliminary: too little history to know how much is chance.' : '',
    next === null ? '' : `Next reading at ${sayTime(next * 60_000)}.`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

const strata = { hit: 'cache hits', miss: 'cache misses', none: 'no cache asked' } as const;

const measures: Readonly<Record<MeasureKind, readonly [name: string, say: (value: number) => string]>> = {
  p50: ['p50', sayMilliseconds],
  p95: ['p95', sayMilliseconds],
  errors: ['errors', sayShare],
  databaseCalls: ['database calls each', sayRate],
};

function testTable(tests: readonly DeployTest[]): Html {
  const rows = tests
    .toSorted((left, right) => Number(right.changed) - Number(left.changed))
    .map(({ kind, stratum, before, after, changed, comparisons, largerThan }) => {
      const [name, say] = measures[kind];
      return [
        stratum === null ? name : `${name}, ${strata[stratum]}`,
        say(before),
        say(after),
        changed ? toned(after > before ? 'warn' : 'pass', 'changed') : 'no change seen',
        comparisons === 0 ? '–' : `${sayCount(largerThan)} of ${sayCount(comparisons)}`,
      ];
    });
  return table({
    labelledBy: 'deployment',
    caption: 'Hits and misses are never pooled. A change that is smaller than chance at other moments is none.',
    columns: [
      { title: 'Measure' },
      { title: 'Before', numeric: true },
      { title: 'After', numeric: true },
      { title: 'Judged' },
      { title: 'Larger than at other moments', numeric: true },
    ],
    rows,
  });
}
