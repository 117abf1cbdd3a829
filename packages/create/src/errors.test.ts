import { describe, expect, it } from 'vitest';

import { exitCodeOf, ScaffoldError, toScaffoldError } from './errors.ts';

describe('ScaffoldError', () => {
  it('lists every problem, and obeys none of what stands in them', () => {
    const problems = ['one\ntwo \u001B[31m\u009B\r', 'three \u202E'];
    const error = new ScaffoldError('SCAFFOLD_TARGET', problems);
    expect(error.message).toBe(
      [
        'the service cannot be written there (SCAFFOLD_TARGET). Nothing was written.',
        '  - one',
        String.raw`    two \u001b[31m\u009b\u000d`,
        String.raw`  - three \u202e`,
      ].join('\n'),
    );
    expect(error.problems).toEqual(problems);
  });
});

describe('toScaffoldError', () => {
  it('keeps what is one already', () => {
    const error = new ScaffoldError('SCAFFOLD_ANSWERS', ['wrong']);
    expect(toScaffoldError(error)).toBe(error);
  });

  it.each([
    ['an error', new TypeError('unforeseen')],
    ['no error', 'unforeseen'],
  ])('takes %s that nobody foresaw for a fault of ours', (_what, thrown) => {
    const error = toScaffoldError(thrown);
    expect(error).toMatchObject({
      code: 'SCAFFOLD_INTERNAL',
      problems: ['unforeseen', expect.stringContaining('report it')],
      retryable: false,
      cause: thrown,
    });
    expect(exitCodeOf(error)).toBe(1);
  });
});
