import type { Recipe } from '../recipe.ts';

const usual = { seed: 4, historyMinutes: 480, afterMinutes: 30, expected: 'more database work' } as const;

export const databaseWork: readonly Recipe[] = [
  {
    ...usual,
    name: 'database-work-at-the-same-speed',
    about: 'From three to five calls a miss; not a single one takes longer.',
    change: { coldStart: true, callsPerMiss: 5 },
  },
  {
    ...usual,
    name: 'database-work-one-query-for-each-row',
    about: 'A service without a cache made one call a request and makes twelve.',
    service: { uncachedShare: 1 },
    change: { callsPerUncached: 12 },
  },
  {
    ...usual,
    name: 'database-work-on-hits',
    about: 'Hits never called the database and call it once each.',
    change: { callsPerHit: 1 },
  },
  {
    ...usual,
    name: 'database-work-behind-lucky-hits',
    about: 'Five calls a miss instead of three, and the hit ratio rises so much that there are fewer calls in all.',
    service: { requestsPerSecond: 4 },
    change: { callsPerMiss: 5, hitRatio: 0.9 },
  },
  {
    ...usual,
    name: 'database-work-and-faster',
    about: 'More calls and faster all the same: the work is named first.',
    change: { callsPerMiss: 6, missFactor: 0.4 },
  },
  {
    ...usual,
    name: 'database-work-at-the-first-reading',
    about: 'Ten minutes after the deployment.',
    service: { requestsPerSecond: 4 },
    change: { callsPerMiss: 4 },
    afterMinutes: 10,
  },
];
