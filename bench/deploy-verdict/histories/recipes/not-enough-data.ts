import { renamed, withoutMinutes } from '../edits.ts';
import { previousReleaseId, type Recipe } from '../recipe.ts';

const usual = { seed: 6, historyMinutes: 300, afterMinutes: 30, expected: 'not enough data' } as const;

export const notEnoughData: readonly Recipe[] = [
  {
    ...usual,
    name: 'not-enough-no-records',
    about: 'Nothing was ever recorded.',
    historyMinutes: 0,
    afterMinutes: 0,
    input: { nowMinute: 29_900_300 },
  },
  {
    ...usual,
    name: 'not-enough-no-before',
    about: 'The first release of a service has nothing to be compared with.',
    historyMinutes: 0,
  },
  {
    ...usual,
    name: 'not-enough-no-after',
    about: 'The new release never wrote a record.',
    edit: withoutMinutes((minute) => minute >= 0),
  },
  {
    ...usual,
    name: 'not-enough-misses',
    about: 'Misses are a third of the requests and too few for their 95th percentile.',
    service: { requestsPerSecond: 0.7, hitRatio: 0.67 },
  },
  {
    ...usual,
    name: 'not-enough-at-the-first-reading',
    about: 'Seven minutes of one request a second; the next reading will have more.',
    service: { requestsPerSecond: 1 },
    afterMinutes: 10,
  },
  {
    ...usual,
    name: 'not-enough-traffic',
    about: 'One request a minute, at the last reading.',
    service: { requestsPerSecond: 0.017 },
    afterMinutes: 60,
  },
  {
    ...usual,
    name: 'not-enough-few-errors',
    about: 'One request a minute, and three errors since the deployment: a coincidence.',
    service: { requestsPerSecond: 0.017, errorRate: 0.002, bursts: false },
    change: { errorFactor: 25 },
    afterMinutes: 60,
  },
  {
    ...usual,
    name: 'not-enough-lost-cache-status',
    about: 'A quarter of the requests no longer says whether a cache answered: hits among them would look like a gain.',
    service: { uncachedShare: 0.2 },
    change: { lostStatuses: 0.25 },
  },
  {
    ...usual,
    name: 'not-enough-minutes-since',
    about: 'The recording failed for most of the minutes since the deployment.',
    edit: withoutMinutes((minute) => minute >= 0 && minute % 5 !== 0),
  },
  {
    ...usual,
    name: 'not-enough-since-the-previous-release',
    about: 'The release that was replaced had served for eight minutes, of which three were its own warm-up.',
    edit: renamed(-8, 0, 'c0ffee1'),
  },
  {
    ...usual,
    name: 'not-enough-of-the-named-release',
    about: 'The release to compare with is named, and was never recorded.',
    input: { previousReleaseId: `${previousReleaseId}-unknown` },
  },
];
