import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { MinuteRecord } from '../recording/minute-record.ts';
import { anyRecord, recordOf } from '../testing/minute-records.ts';
import { parseRecord, printRecord, readLine } from './minute-record-codec.ts';

describe('a printed record', () => {
  it('is one line that is read back as the same record', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const line = printRecord(record);
        expect(line).not.toContain('\n');
        expect(parseRecord(line)).toEqual(record);
      }),
    );
  });

  it('is known as one that was cut off wherever it was cut off', () => {
    fc.assert(
      fc.property(anyRecord, fc.nat(), (record, at) => {
        // Inside the name of a release anything may stand, also what a record ends with.
        fc.pre(!record.releaseId.includes('}'));
        const line = printRecord(record);
        const begin = line.slice(0, at % line.length);
        expect(readLine(begin)).toBe('cut off');
      }),
    );
  });

  it('stands as documented', () => {
    expect(printRecord(recordOf(29_900_000))).toBe(
      '{"minute":29900000,"releaseId":"1.0.0","requests":3,"errors":1,"strata":{' +
        '"hit":{"requests":0,"databaseCalls":0,"times":[]},"miss":{"requests":0,"databaseCalls":0,"times":[]},' +
        '"none":{"requests":2,"databaseCalls":3,"times":[[96,1],[130,1]]}}}',
    );
  });
});

describe('reading', () => {
  it('ignores fields that a later version may write', () => {
    const { strata } = recordOf(5);
    const later = {
      ...recordOf(5),
      replica: 'a',
      strata: { ...strata, none: { ...strata.none, cpuMs: 3 }, stale: {} },
    };
    expect(parseRecord(JSON.stringify(later))).toEqual(recordOf(5));
  });

  it('never throws and gives back only what would be printed again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const record = parseRecord(text);
        expect(record === undefined || parseRecord(printRecord(record)) !== undefined).toBe(true);
      }),
    );
  });

  it('refuses every field of another type', () => {
    const paths = [[], ['minute'], ['releaseId'], ['requests'], ['errors'], ['strata']] as string[][];
    for (const cache of ['hit', 'miss', 'none']) {
      paths.push(['strata', cache], ...['requests', 'databaseCalls', 'times'].map((name) => ['strata', cache, name]));
    }
    const wrong = [
      null,
      true,
      '1',
      -1,
      1.5,
      1e300,
      {},
      [1],
      [[464, 1]],
      [[1, 0]],
      [
        [2, 1],
        [1, 1],
      ],
      [[1, 1, 1]],
    ];
    // A text that is not empty is a name of a release.
    const accepted = (path: readonly string[], value: unknown) => path[0] === 'releaseId' && value === '1';
    for (const path of paths) {
      for (const value of wrong.filter((value) => !accepted(path, value)))
        expect([path, value, parseRecord(JSON.stringify(withValue(recordOf(5), path, value)))]).toEqual([
          path,
          value,
          undefined,
        ]);
      expect(parseRecord(JSON.stringify(withValue(recordOf(5), path, undefined)) ?? '')).toBeUndefined();
    }
  });

  it.each([
    ['more errors than requests', { requests: 3, errors: 4 }],
    ['a minute beyond the column of a database', { minute: 2 ** 31 }],
    ['a release without a name', { releaseId: '' }],
    ['a name that PostgreSQL cannot keep', { releaseId: 'a\0' }],
    ['half a surrogate pair', { releaseId: 'a\uD800' }],
  ])('refuses %s', (_what, change) => {
    expect(parseRecord(JSON.stringify({ ...recordOf(5), ...change }))).toBeUndefined();
  });
});

describe('printing', () => {
  it('refuses what is no record, with the place, the value and what was expected', () => {
    const record = { ...recordOf(5), errors: '1' } as unknown as MinuteRecord;
    expect(() => printRecord(record)).toThrowErrorMatchingInlineSnapshot(`
      [HealthError: a value given to the history is wrong. Nothing was read or written.

      1. record.errors  HISTORY_ARGUMENT_INVALID
         got       "1" (string)
         expected  0 to the 3 requests
         fix       pass such a value as record.errors
         retry     no: the same value fails again
         owner     the code that calls the history]
    `);
    const { strata } = recordOf(5);
    const nested = { ...recordOf(5), strata: { ...strata, hit: { ...strata.hit, times: [[500, 1]] } } };
    expect(() => printRecord(nested as unknown as MinuteRecord)).toThrow('record.strata.hit.times');
  });
});

function withValue(value: object, [name, ...rest]: readonly string[], replacement: unknown): unknown {
  if (name === undefined) return replacement;
  return { ...value, [name]: withValue(Reflect.get(value, name) as object, rest, replacement) };
}
