import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { MinuteRecord } from '../recording/minute-record.ts';
import { isMinuteRecord } from '../recording/minute-record-shape.ts';
import { mergeRecords, minutesBetween } from './release-minutes.ts';
import { TimesStore } from './times-store.ts';

const idle = { requests: 0, databaseCalls: 0, times: [] };
const good: MinuteRecord = {
  minute: 5,
  releaseId: 'a',
  requests: 3,
  errors: 1,
  strata: {
    hit: idle,
    miss: {
      requests: 2,
      databaseCalls: 6,
      times: [
        [100, 1],
        [110, 1],
      ],
    },
    none: idle,
  },
};

function withMiss(change: object): object {
  return { ...good, strata: { ...good.strata, miss: { ...good.strata.miss, ...change } } };
}

describe('a record of a history', () => {
  it('is accepted as it was written', () => {
    expect(isMinuteRecord(good)).toBe(true);
    expect(isMinuteRecord(JSON.parse(JSON.stringify(good)))).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', '{}'],
    ['an array', []],
    ['no minute', { ...good, minute: undefined }],
    ['half a minute', { ...good, minute: 5.5 }],
    ['a minute before 1970', { ...good, minute: -1 }],
    ['no release', { ...good, releaseId: '' }],
    ['a release that is a number', { ...good, releaseId: 7 }],
    ['a negative count', { ...good, requests: -3 }],
    ['a count that is no number', { ...good, requests: Number.NaN }],
    ['an endless count', { ...good, requests: Infinity }],
    ['a count that is a text', { ...good, requests: '3' }],
    ['more errors than requests', { ...good, errors: 4 }],
    ['no strata', { ...good, strata: null }],
    ['a missing stratum', { ...good, strata: { hit: idle, miss: idle } }],
    ['negative database calls', withMiss({ databaseCalls: -1 })],
    ['times that are no list', withMiss({ times: 'many' })],
    ['a bucket that does not exist', withMiss({ times: [[464, 1]] })],
    ['a bucket between two', withMiss({ times: [[1.5, 1]] })],
    ['a bucket without a count', withMiss({ times: [[100]] })],
    ['a bucket with a negative count', withMiss({ times: [[100, -1]] })],
    ['a bucket that is a text', withMiss({ times: ['100,1'] })],
  ])('is refused: %s', (_, record) => {
    expect(isMinuteRecord(record)).toBe(false);
    expect(mergeRecords([good, record as MinuteRecord])).toMatchObject({ refused: 1 });
  });

  it('is asked for without an exception, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (value) => {
        expect(typeof isMinuteRecord(value)).toBe('boolean');
      }),
    );
  });
});

const pairs = fc.array(fc.tuple(fc.nat({ max: 463 }), fc.nat({ max: 50 })), { maxLength: 12 });
const stratum = fc.record({ requests: fc.nat({ max: 99 }), databaseCalls: fc.nat({ max: 99 }), times: pairs });
const record = fc.record({
  minute: fc.nat({ max: 4 }),
  releaseId: fc.constantFrom('a', 'b'),
  requests: fc.integer({ min: 50, max: 99 }),
  errors: fc.nat({ max: 50 }),
  strata: fc.record({ hit: stratum, miss: stratum, none: stratum }),
});

describe('records that are merged', () => {
  /** By release and minute, with the pairs themselves instead of where they are stored. */
  function plain(records: readonly MinuteRecord[]) {
    const minutes = [...mergeRecords(records).releases].flatMap(([releaseId, release]) =>
      [...release.values()].map(({ strata: { hit, miss, none }, ...counts }) => {
        const strata = [hit, miss, none].map(({ store, times, ...rest }) => ({ ...rest, pairs: store.pairs(times) }));
        return { key: `${releaseId} ${counts.minute}`, ...counts, strata };
      }),
    );
    return minutes.sort((left, right) => (left.key < right.key ? -1 : 1));
  }

  it('are the same in any order', () => {
    fc.assert(
      fc.property(fc.array(record), (records) => {
        expect(plain(records.toReversed())).toEqual(plain(records));
      }),
    );
  });

  it('lose nothing', () => {
    fc.assert(
      fc.property(fc.array(record), (records) => {
        const minutes = [...mergeRecords(records).releases.values()].flatMap((release) => [...release.values()]);
        const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
        expect(sum(minutes.map(({ requests }) => requests))).toBe(sum(records.map(({ requests }) => requests)));
        expect(sum(minutes.map(({ strata }) => strata.miss.times.count))).toBe(
          sum(records.flatMap(({ strata }) => strata.miss.times.map(([, held]) => held))),
        );
      }),
    );
  });

  it('are found by their minute, without the end of the span', () => {
    const { releases } = mergeRecords([9, 5, 7, 6].map((minute) => ({ ...good, minute })));
    expect(minutesBetween(releases.get('a'), 5, 9).map(({ minute }) => minute)).toEqual([5, 6, 7]);
    expect(minutesBetween(releases.get('b'), 0, 99)).toEqual([]);
  });
});

describe('sparse times', () => {
  it('are counted above an edge, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(pairs), fc.nat({ max: 463 }), (histograms, edge) => {
        const all = histograms.flat();
        const store = new TimesStore();
        const times = histograms
          .map((histogram) => store.add(histogram))
          .reduce((left, right) => store.merge(left, right), store.add([]));
        const total = (some: typeof all) => some.reduce((sum, [, held]) => sum + held, 0);
        expect(times.count).toBe(total(all));
        expect(store.countAbove(times, edge)).toBe(total(all.filter(([bucket]) => bucket > edge)));
      }),
    );
  });
});
