import type { Recipe } from '../recipe.ts';

const usual = { seed: 2, historyMinutes: 480, afterMinutes: 30, expected: 'faster' } as const;

export const faster: readonly Recipe[] = [
  {
    ...usual,
    name: 'faster-misses',
    about: 'Misses take half as long.',
    change: { missFactor: 0.5 },
  },
  {
    ...usual,
    name: 'faster-behind-a-cold-cache',
    about: 'Misses take half as long, and there are more of them until the cache is warm.',
    change: { coldStart: true, missFactor: 0.5 },
  },
  {
    ...usual,
    name: 'faster-without-a-cache',
    about: 'A service without a cache takes 0.6 times as long.',
    service: { uncachedShare: 1 },
    change: { uncachedFactor: 0.6 },
  },
  {
    ...usual,
    name: 'faster-hits',
    about: 'Hits take a quarter of the time: 1.5 ms less at the median.',
    change: { hitFactor: 0.25 },
  },
  {
    ...usual,
    name: 'faster-at-the-first-reading',
    about: 'Ten minutes after the deployment, with misses that take a third of the time.',
    service: { requestsPerSecond: 4 },
    change: { missFactor: 0.33 },
    afterMinutes: 10,
  },
  {
    ...usual,
    name: 'faster-and-fewer-errors',
    about: 'Misses take half as long and the errors of before are gone.',
    service: { errorRate: 0.03, bursts: false },
    change: { missFactor: 0.5, errorFactor: 0 },
  },
];
