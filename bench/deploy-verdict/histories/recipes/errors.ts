import type { Recipe } from '../recipe.ts';

const usual = { seed: 3, historyMinutes: 480, afterMinutes: 30, expected: 'more errors' } as const;

export const errors: readonly Recipe[] = [
  {
    ...usual,
    name: 'errors-ten-times-as-many',
    about: 'From 0.3 to 3 % in bursts, after a cold start.',
    change: { coldStart: true, errorFactor: 10 },
  },
  {
    ...usual,
    name: 'errors-from-nothing',
    about: 'Hardly an error before the deployment, and 2 % since.',
    service: { errorRate: 0.0001, bursts: false },
    change: { errorFactor: 200 },
  },
  {
    ...usual,
    name: 'errors-only',
    about: 'Every request fails: there is no time left to compare, and the errors are enough.',
    change: { errorFactor: 1e9 },
  },
  {
    ...usual,
    name: 'errors-and-slower',
    about: 'More errors and slower misses: errors come first, the rest stands in the sentence.',
    service: { bursts: false },
    change: { errorFactor: 12, missFactor: 2 },
  },
  {
    ...usual,
    name: 'errors-and-faster',
    about: 'Half of the requests fails, and those that do not are twice as fast.',
    change: { errorFactor: 150, hitFactor: 0.4, missFactor: 0.5, uncachedFactor: 0.5 },
  },
  {
    ...usual,
    name: 'errors-with-little-traffic',
    about: 'Six requests a minute are too few for a word about times; a tenth of them fails since, which shows.',
    service: { requestsPerSecond: 0.1, errorRate: 0.001, bursts: false },
    change: { errorFactor: 150 },
    afterMinutes: 60,
  },
];
