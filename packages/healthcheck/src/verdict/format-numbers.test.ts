import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fixed, grouped, growth, milliseconds, percent, timeOfDay } from './format-numbers.ts';

describe('numbers in a sentence', () => {
  it.each([
    [0.25, 1, '0.3'],
    [0.05, 1, '0.1'],
    [2.5, 0, '3'],
    [-2.5, 0, '-3'],
    [-0.04, 1, '0.0'],
    [12.345, 2, '12.35'],
    [0, 1, '0.0'],
    [0.004, 2, '0.00'],
    [1e9, 0, '1000000000'],
  ])('%d with %d decimals is %s', (value, decimals, text) => {
    expect(fixed(value, decimals)).toBe(text);
  });

  it('are within half a unit of what they stand for', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.nat({ max: 3 }), (value, decimals) => {
        expect(Math.abs(Number(fixed(value, decimals)) - value)).toBeLessThanOrEqual(0.500_001 * 10 ** -decimals);
      }),
    );
  });

  it('are grouped by thousands', () => {
    expect([0, 999, 1000, 9140, 1_234_567].map(grouped)).toEqual(['0', '999', '1,000', '9,140', '1,234,567']);
  });

  it('are shares with as many decimals as they need', () => {
    expect([0, 0.0004, 0.003, 0.015, 0.1, 0.512, 1].map(percent)).toEqual([
      '0',
      '0.04',
      '0.3',
      '1.5',
      '10',
      '51',
      '100',
    ]);
  });

  it('are milliseconds, with a decimal below ten', () => {
    expect([0.04, 3.84, 9.96, 71.6].map(milliseconds)).toEqual(['0.0', '3.8', '10.0', '72']);
  });

  it('are growths with their sign', () => {
    expect([growth(72, 109), growth(10, 5), growth(3, 3), growth(0, 2)]).toEqual(['+51 %', '-50 %', '+0 %', 'from 0']);
  });

  it('are times of day', () => {
    expect([0, 760, 29_900_160 + 1439].map(timeOfDay)).toEqual(['00:00 UTC', '12:40 UTC', '23:59 UTC']);
  });
});
