import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isWithin, misspelt, nearest } from './nearest.ts';

/** The definition, as slow as it reads. */
function definition(left: string, right: string): number {
  if (left === '' || right === '') return left.length + right.length;
  const same = left[0] === right[0] ? 0 : 1;
  return Math.min(
    definition(left.slice(1), right) + 1,
    definition(left, right.slice(1)) + 1,
    definition(left.slice(1), right.slice(1)) + same,
  );
}

describe('a number of edits', () => {
  const word = fc.stringMatching(/^[ABC_]{0,6}$/);

  it('is enough when the definition says so', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 3 }), (left, right, edits) => {
        expect(isWithin(left, right, edits)).toBe(definition(left, right) <= edits);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a near word', () => {
  it('is within two edits, or begins the other', () => {
    const words = ['debug', 'info', 'warn', 'error'];
    expect(['warning', 'wran', 'err', 'inof', 'trace', ''].map((each) => nearest(each, words))).toEqual([
      'warn',
      'warn',
      'error',
      'info',
      undefined,
      undefined,
    ]);
  });

  it('is misspelt when it is one or two edits away, and not when it is the word', () => {
    const names = ['HTTP_PORT', 'LOG_LEVEL'];
    expect(
      ['HTTP_PORT', 'HTTP_PRT', 'HTTP_PROT', 'LOGLEVEL', 'HTTP_PROXY', 'PORT'].map((each) => misspelt(each, names)),
    ).toEqual([undefined, 'HTTP_PORT', 'HTTP_PORT', 'LOG_LEVEL', undefined, undefined]);
  });
});
