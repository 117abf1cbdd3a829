import { renamed } from '../edits.ts';
import type { Recipe } from '../recipe.ts';

const usual = { seed: 9, historyMinutes: 60, afterMinutes: 30 } as const;

export const preliminary: readonly Recipe[] = [
  {
    ...usual,
    name: 'preliminary-no-change',
    about: 'An hour of history has one comparison.',
    expected: 'no change seen',
  },
  {
    ...usual,
    name: 'preliminary-slower',
    about: 'Half an hour of history has no comparison at all.',
    historyMinutes: 30,
    change: { missFactor: 2 },
    expected: 'slower',
  },
  {
    ...usual,
    name: 'preliminary-faster',
    about: 'Two and a half hours of history, and misses that take half as long.',
    historyMinutes: 150,
    change: { missFactor: 0.4 },
    expected: 'faster',
  },
  {
    ...usual,
    name: 'preliminary-errors',
    about: 'An hour and a half of history, and twelve times as many errors.',
    historyMinutes: 90,
    service: { bursts: false },
    change: { errorFactor: 12 },
    expected: 'more errors',
  },
  {
    ...usual,
    name: 'preliminary-database-work',
    about: 'An hour of history, and two more calls a miss.',
    change: { callsPerMiss: 5 },
    expected: 'more database work',
  },
  {
    ...usual,
    name: 'preliminary-many-deployments',
    about:
      'Eight hours of history in which a release was replaced every 45 minutes: no half hour is without a deployment.',
    historyMinutes: 480,
    edit: (timelines) =>
      Array.from({ length: 10 }, (_, index) => index).reduce(
        (edited, index) => renamed(-90 - 45 * index, -45 - 45 * index, `release-${index}`)(edited),
        timelines,
      ),
    expected: 'no change seen',
  },
];
