import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sayDuration, sayMany, sayMilliseconds, sayRate, sayShare, sayTime } from './words.ts';

/** A number and its unit stand on one line. */
const plain = (said: string): string => said.replace('\u00A0', ' ');

describe('a number in words', () => {
  it.each([
    [null, '–'],
    [0, '0 ms'],
    [0.004, '< 0.01 ms'],
    [0.42, '0.42 ms'],
    [3.65, '3.6 ms'],
    [42.4, '42 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [1000, '1 s'],
    [1500, '1.5 s'],
    [42_000, '42 s'],
    [4_294_967, '4,295 s'],
  ])('%d milliseconds are %s', (milliseconds, said) => {
    expect(plain(sayMilliseconds(milliseconds))).toBe(said);
  });

  it.each([
    [null, '–'],
    [0, '0 %'],
    [0.000_001, '< 0.01 %'],
    [0.0003, '0.03 %'],
    [0.0123, '1.2 %'],
    [0.93, '93 %'],
    [0.9999, '> 99 %'],
    [0.9949, '99 %'],
    [1, '100 %'],
  ])('a share of %d is %s', (share, said) => {
    expect(plain(sayShare(share))).toBe(said);
  });

  it.each([
    [null, '–'],
    [0, '0'],
    [3.0072, '3.01'],
    [0.5833, '0.583'],
    [1234.5, '1,235'],
  ])('a rate of %d is %s', (rate, said) => {
    expect(sayRate(rate)).toBe(said);
  });

  it.each([
    [0, '0 seconds'],
    [1, '1 second'],
    [59.9, '59 seconds'],
    [60, '1 minute'],
    [7199, '1 hour'],
    [86_400, '1 day'],
    [9_000_000, '104 days'],
    [-5, '0 seconds'],
  ])('%d seconds are %s', (seconds, said) => {
    expect(sayDuration(seconds)).toBe(said);
  });

  it('counts in the singular and in the plural', () => {
    expect([sayMany(0, 'check'), sayMany(1, 'check'), sayMany(1234, 'check')]).toEqual([
      '0 checks',
      '1 check',
      '1,234 checks',
    ]);
  });

  it('says a time to the second, in UTC', () => {
    expect(sayTime(1_800_000_000_999)).toBe('2027-01-15 08:00:00 UTC');
  });

  it('is short whatever the number', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 4_294_967, noNaN: true }), (value) => {
        for (const said of [sayMilliseconds(value), sayRate(value), sayDuration(value)]) {
          expect(plain(said)).toMatch(/^(< )?[\d.,]{1,9}( (ms|s|days?|hours?|minutes?|seconds?))?$/);
        }
      }),
    );
  });
});
