import { outOfOrder, renamed, withoutMinutes } from '../edits.ts';
import { previousReleaseId, type Recipe, releaseId } from '../recipe.ts';

const usual = { seed: 2, historyMinutes: 480, afterMinutes: 30, expected: 'no change seen' } as const;

const stratum = { requests: 1, databaseCalls: 0, times: [[9000, 1]] };

export const noChange: readonly Recipe[] = [
  { ...usual, name: 'no-change', about: 'Nothing changes.' },
  {
    ...usual,
    name: 'no-change-cold-cache',
    about: 'The cache is cold and the first minutes are slow: that is no change of the release.',
    change: { coldStart: true },
  },
  {
    ...usual,
    name: 'no-change-lucky-cache',
    about: 'The hit ratio rises from 70 to 90 %: pooled, the service looks much faster.',
    service: { requestsPerSecond: 4 },
    change: { hitRatio: 0.9 },
  },
  {
    ...usual,
    name: 'no-change-slow-drift',
    about: 'The load wanders slowly, before the deployment as well as after.',
    service: { loadCorrelation: 0.98, loadDeviation: 0.2 },
    change: { coldStart: true },
  },
  {
    ...usual,
    name: 'no-change-too-small-to-matter',
    about: 'Hits take 1.2 times as long: slower for sure, and by less than a millisecond even at the tail.',
    change: { hitFactor: 1.2 },
  },
  {
    ...usual,
    name: 'no-change-without-a-cache',
    about: 'A service without a cache, at the last reading.',
    service: { uncachedShare: 1 },
    afterMinutes: 60,
  },
  {
    ...usual,
    name: 'no-change-few-uncached',
    about: 'One request in fifty asks no cache: too few to compare, and too few to wait for.',
    service: { uncachedShare: 0.02 },
  },
  {
    ...usual,
    name: 'no-change-for-the-worse',
    about: 'Fewer errors and less database work, for which there is no word: the sentence says it.',
    service: { errorRate: 0.04, bursts: false },
    change: { errorFactor: 0.1, callsPerMiss: 2 },
  },
  {
    ...usual,
    name: 'no-change-three-processes-and-gaps',
    about: 'Three processes, minutes missing here and there, out of order.',
    processes: 3,
    historyMinutes: 300,
    edit: (timelines) =>
      outOfOrder(withoutMinutes((minute, { shapes }) => (minute + shapes.length) % 7 === 0)(timelines)),
  },
  {
    ...usual,
    name: 'no-change-after-an-earlier-deployment',
    about:
      'Two hours earlier another release was replaced; no comparison without a deployment reaches across that moment.',
    edit: renamed(-10_000, -120, '0dd5bad'),
  },
  {
    ...usual,
    name: 'no-change-since-a-restart',
    about: 'The same release, started again.',
    edit: renamed(-10_000, 0, releaseId),
  },
  {
    ...usual,
    name: 'no-change-beside-malformed-records',
    about: 'Records of a damaged history are left out and counted.',
    historyMinutes: 300,
    records: [
      null,
      'a line of text',
      {},
      { minute: -1, releaseId: previousReleaseId, requests: 0, errors: 0, strata: {} },
      { minute: 29_900_100.5, releaseId: previousReleaseId, requests: 1, errors: 0, strata: {} },
      {
        minute: 29_900_100,
        releaseId: '',
        requests: 1,
        errors: 0,
        strata: { hit: stratum, miss: stratum, none: stratum },
      },
      { minute: 29_900_100, releaseId, requests: 1, errors: 2, strata: { hit: stratum, miss: stratum, none: stratum } },
      {
        minute: 29_900_100,
        releaseId,
        requests: '1',
        errors: 0,
        strata: { hit: stratum, miss: stratum, none: stratum },
      },
      { minute: 29_900_100, releaseId, requests: 9, errors: 0, strata: { hit: stratum, miss: stratum, none: stratum } },
    ],
  },
  {
    ...usual,
    name: 'no-change-rolling-replacement',
    about: 'For six minutes both releases serve: too short to compare them side by side, so the hour before is used.',
    besideMinutes: 6,
  },
];
