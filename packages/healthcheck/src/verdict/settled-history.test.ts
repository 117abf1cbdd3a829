import { describe, expect, it } from 'vitest';

import { previousRelease } from './previous-release.ts';
import { mergeRecords } from './release-minutes.ts';
import { settledHistory } from './settled-history.ts';

const stratum = { requests: 0, databaseCalls: 0, times: [] };

/** Records of a release from one minute up to another; the deployment is at minute 1000. */
function served(releaseId: string, from: number, until: number, requests = 10) {
  return Array.from({ length: until - from }, (_, index) => ({
    minute: from + index,
    releaseId,
    requests,
    errors: 0,
    strata: { hit: stratum, miss: stratum, none: stratum },
  }));
}

type Records = ReturnType<typeof served>;

const settle = (...records: Records[]) => settledHistory(mergeRecords(records.flat()).releases, 1000);
const minutesOf = (history: ReturnType<typeof settle>, releaseId: string) => [
  ...(history.get(releaseId)?.keys() ?? []),
];

describe('a settled history', () => {
  it('ends with the deployment', () => {
    expect(minutesOf(settle(served('a', 990, 1010)), 'a')).toEqual(served('a', 990, 1000).map(({ minute }) => minute));
  });

  it('leaves out the warm-up of a release that took over', () => {
    const history = settle(served('a', 900, 980), served('b', 979, 1000));
    expect(minutesOf(history, 'a')).toHaveLength(80);
    expect(minutesOf(history, 'b')[0]).toBe(982);
  });

  it('leaves it out again when a release comes back', () => {
    const history = settle(served('a', 900, 940), served('b', 940, 980), served('a', 980, 1000));
    expect(minutesOf(history, 'a')).not.toContain(982);
    expect(minutesOf(history, 'a')).toContain(983);
  });

  it('keeps the first minutes of what was recorded, and those after a gap', () => {
    expect(minutesOf(settle(served('a', 900, 910), served('a', 950, 960)), 'a')).toHaveLength(20);
  });

  it('does not know the new release, whose clock was early', () => {
    expect([...settle(served('a', 900, 1000), served('b', 999, 1030)).keys()]).toEqual(['a']);
  });
});

describe('the previous release', () => {
  const choose = (records: Records[], previousReleaseId?: string) => {
    const { releases } = mergeRecords(records.flat());
    const input = { deployedAtMinute: 1000, releaseId: 'b', previousReleaseId, records: [], nowMinute: 1061 };
    return previousRelease(input, settledHistory(releases, 1000), releases, 1060);
  };
  const current = served('b', 1000, 1060);

  it.each([
    ['the one that served last', [served('x', 800, 900), served('a', 900, 1000), current], 'a'],
    ['the busier one of two that served at once', [served('a', 900, 1000, 90), served('x', 900, 1000), current], 'a'],
    ['the busier one although its clock is late', [served('a', 900, 999, 90), served('x', 900, 1000), current], 'a'],
    ['the third release that came in between', [served('a', 900, 985), served('x', 985, 1000), current], 'x'],
    ['the one that serves on beside the new one', [served('a', 1000, 1060), current], 'a'],
    ['the same release after a restart', [served('a', 700, 800), served('b', 800, 1060)], 'b'],
    [
      'the same release after a restart, with a canary beside it',
      [served('x', 800, 1060), served('b', 800, 1060)],
      'b',
    ],
    ['the replaced one after a crash soon afterwards', [served('a', 900, 990), served('b', 989, 1060)], 'a'],
    ['the replaced one for a late process of the new one', [served('a', 900, 1010), served('b', 994, 1060)], 'a'],
    ['none where nothing else served lately', [served('a', 900, 960), current], null],
    ['none without records', [], null],
  ])('is %s', (_, records, expected) => {
    expect(choose(records)).toBe(expected);
  });

  it('is the one that is named, whether or not it served', () => {
    expect(choose([served('a', 900, 1000), current], 'x')).toBe('x');
  });
});
