import { describe, expect, it } from 'vitest';

import { firstDifference } from './first-difference.ts';

describe('firstDifference', () => {
  it.each([
    ['the same text', 'a\nb\n', 'a\nb\n', undefined],
    ['another line', 'a\nx\n', 'a\nb\n', { line: 2, expected: 'b' }],
    ['a missing line', 'a\n', 'a\nb\n', { line: 2, expected: 'b' }],
    ['a missing empty line', 'a\nb\n', 'a\n\nb\n', { line: 2, expected: 'an empty line' }],
    ['a line too many', 'a\nb\n', 'a\n', { line: 2, expected: 'the end of the file' }],
    ['an empty line too many', 'a\n\n', 'a\n', { line: 2, expected: 'the end of the file' }],
    ['no line feed at the end', 'a', 'a\n', { line: 1, expected: 'a line feed at the end' }],
    ['no file', '', 'a\n', { line: 1, expected: 'a' }],
    ['a carriage return', 'a\r\n', 'a\n', { line: 1, expected: 'a, without a carriage return' }],
    [
      'a live line, without its value',
      '',
      'DATABASE_URL=postgres://me:secret@db\n',
      { line: 1, expected: 'DATABASE_URL=…' },
    ],
  ])('finds %s', (_what, current, wanted, difference) => {
    expect(firstDifference(current, wanted)).toEqual(difference);
  });
});
