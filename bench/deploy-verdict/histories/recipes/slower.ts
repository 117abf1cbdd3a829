import { clocksThatDisagree, outOfOrder, renamed, withoutMinutes } from '../edits.ts';
import type { Recipe } from '../recipe.ts';

const usual = { seed: 2, historyMinutes: 720, afterMinutes: 30, expected: 'slower' } as const;

export const slower: readonly Recipe[] = [
  {
    ...usual,
    name: 'slower-misses',
    about: 'Misses take 1.6 times as long, after a cold start.',
    change: { coldStart: true, missFactor: 1.6 },
  },
  {
    ...usual,
    name: 'slower-hits',
    about: 'Hits take 1.8 times as long, and misses do not.',
    change: { hitFactor: 1.8 },
  },
  {
    ...usual,
    name: 'slower-without-a-cache',
    about: 'A service without a cache takes 1.6 times as long.',
    service: { uncachedShare: 1 },
    change: { uncachedFactor: 1.6 },
  },
  {
    ...usual,
    name: 'slower-everywhere',
    about: 'Hits, misses and requests without a cache all take twice as long; a third of the requests asks no cache.',
    service: { uncachedShare: 0.33, requestsPerSecond: 3 },
    change: { hitFactor: 2, missFactor: 2, uncachedFactor: 2 },
  },
  {
    ...usual,
    name: 'slower-tail-only',
    about:
      'The median of the misses stays, their slowest twentieth becomes slower: the 95th percentile alone shows it.',
    change: { missDeviation: 1.1 },
  },
  {
    ...usual,
    name: 'slower-hidden-by-lucky-hits',
    about: 'Misses take twice as long while the hit ratio rises from 70 to 90 %: pooled, the service looks faster.',
    service: { requestsPerSecond: 4 },
    change: { hitRatio: 0.9, missFactor: 2 },
  },
  {
    ...usual,
    name: 'slower-at-the-first-reading',
    about: 'Ten minutes after the deployment, with misses that take 2.5 times as long.',
    service: { requestsPerSecond: 4 },
    change: { missFactor: 2.5 },
    afterMinutes: 10,
  },
  {
    ...usual,
    name: 'slower-at-the-last-reading',
    about: 'An hour after the deployment, with misses that take 1.5 times as long.',
    change: { coldStart: true, missFactor: 1.5 },
    afterMinutes: 60,
  },
  {
    ...usual,
    name: 'slower-in-one-reading-only',
    about:
      'It was agreed to look once, after 30 minutes, so that the whole risk of a false alarm belongs to that look.',
    change: { coldStart: true, missFactor: 1.5 },
    input: { readAfterMinutes: [30] },
  },
  {
    ...usual,
    name: 'slower-in-three-processes',
    about: 'Three processes write a record each for every minute; their records are added up.',
    processes: 3,
    historyMinutes: 360,
    change: { missFactor: 1.7 },
  },
  {
    ...usual,
    name: 'slower-by-clocks-that-disagree',
    about:
      'Three processes whose clocks are up to a minute off, so that the new release seems to serve before it was deployed.',
    processes: 3,
    historyMinutes: 360,
    change: { missFactor: 1.7 },
    edit: clocksThatDisagree,
  },
  {
    ...usual,
    name: 'slower-out-of-order',
    about: 'The records of the last hour come first.',
    historyMinutes: 360,
    change: { missFactor: 1.7 },
    edit: outOfOrder,
  },
  {
    ...usual,
    name: 'slower-with-gaps',
    about: 'Every fifth minute is missing, and half an hour of the night.',
    change: { missFactor: 1.7 },
    edit: withoutMinutes((minute) => minute % 5 === 0 || (minute >= -400 && minute < -370)),
  },
  {
    ...usual,
    name: 'slower-after-a-third-release',
    about:
      'For eight minutes before the deployment a third release served; the previous one is named, and compared with.',
    change: { missFactor: 1.7 },
    edit: renamed(-8, 0, 'c0ffee1'),
    input: { previousReleaseId: '77ab01c' },
  },
  {
    ...usual,
    name: 'slower-and-less-database-work',
    about: 'Misses make two calls instead of three and still take twice as long.',
    change: { missFactor: 2, callsPerMiss: 2 },
  },
];
