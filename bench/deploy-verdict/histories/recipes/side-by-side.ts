import { withoutMinutes } from '../edits.ts';
import type { Recipe } from '../recipe.ts';

const usual = { seed: 9, historyMinutes: 0, afterMinutes: 30, besideMinutes: 30 } as const;

export const sideBySide: readonly Recipe[] = [
  {
    ...usual,
    name: 'side-by-side-no-change',
    about: 'Both releases serve at once, without any history; the new one starts with a cold cache.',
    change: { coldStart: true },
    expected: 'no change seen',
  },
  {
    ...usual,
    name: 'side-by-side-slower',
    about:
      'Misses of the new release take 1.4 times as long, which no comparison with earlier minutes would show for certain.',
    change: { coldStart: true, missFactor: 1.4 },
    expected: 'slower',
  },
  {
    ...usual,
    name: 'side-by-side-faster',
    about: 'Misses of the new release take 0.7 times as long.',
    change: { missFactor: 0.7 },
    expected: 'faster',
  },
  {
    ...usual,
    name: 'side-by-side-errors',
    about: 'The new release fails more often.',
    change: { errorFactor: 12 },
    expected: 'more errors',
  },
  {
    ...usual,
    name: 'side-by-side-database-work',
    about: 'The new release makes five calls a miss.',
    change: { callsPerMiss: 5 },
    expected: 'more database work',
  },
  {
    ...usual,
    name: 'side-by-side-slow-drift',
    about: 'The load of both wanders slowly.',
    service: { loadCorrelation: 0.98, loadDeviation: 0.3 },
    afterMinutes: 60,
    besideMinutes: 60,
    expected: 'no change seen',
  },
  {
    ...usual,
    name: 'side-by-side-for-a-while',
    about: 'The previous release left after twenty minutes: the minutes that both served are compared, history or not.',
    historyMinutes: 300,
    service: { requestsPerSecond: 3 },
    change: { missFactor: 1.8 },
    besideMinutes: 20,
    expected: 'slower',
  },
  {
    ...usual,
    name: 'side-by-side-with-gaps',
    about: 'Each release misses other minutes; only those that both have are compared.',
    service: { requestsPerSecond: 3 },
    change: { missFactor: 1.8 },
    edit: withoutMinutes((minute, { releaseId }) => minute % 4 === (releaseId === '9f2c1e4' ? 0 : 2)),
    expected: 'slower',
  },
  {
    ...usual,
    name: 'side-by-side-a-trickle',
    about: 'The new release gets so few requests that nothing can be compared.',
    service: { requestsPerSecond: 0.02 },
    expected: 'not enough data',
  },
];
