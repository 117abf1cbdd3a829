import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { type HealthErrorCode, healthErrorCodes } from './health-error-codes.ts';
import { HealthError, type HealthProblem, quoted } from './health-error.ts';

const problem: HealthProblem = {
  name: 'port',
  got: '-1 (number)',
  expected: 'a port',
  fix: 'pass a port',
  retryable: false,
  retry: 'the same value fails again',
  owner: 'the code that calls it',
};

describe('an error', () => {
  it('prints every problem with what is at fault in front', () => {
    const error = new HealthError('MANAGEMENT_OPTIONS_INVALID', [problem, { ...problem, name: 'host', got: '""' }]);
    expect(String(error)).toMatchInlineSnapshot(`
      "HealthError: 2 problems: the options of startManagementServer are wrong. Nothing listens.

      1. port  MANAGEMENT_OPTIONS_INVALID
         got       -1 (number)
         expected  a port
         fix       pass a port
         retry     no: the same value fails again
         owner     the code that calls it

      2. host  MANAGEMENT_OPTIONS_INVALID
         got       ""
         expected  a port
         fix       pass a port
         retry     no: the same value fails again
         owner     the code that calls it"
    `);
  });

  it('can be retried only when every problem can', () => {
    const retryable = (...each: boolean[]) =>
      new HealthError(
        'NOTIFY_FAILED',
        each.map((is) => ({ ...problem, retryable: is })),
      ).retryable;
    expect([retryable(true), retryable(true, true), retryable(true, false), retryable(false)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('keeps its cause, and its problems as they were', () => {
    const cause = new Error('why');
    const given = [problem];
    const error = new HealthError('NOTIFY_FAILED', given, { cause });
    given.pop();
    expect([error.cause, error.problems]).toEqual([cause, [problem]]);
    expect(() => (error.problems as HealthProblem[]).pop()).toThrow(TypeError);
  });
});

describe('a value in a message', () => {
  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['a"b', '"a\\"b" (string)'],
    ['x'.repeat(81), `"${'x'.repeat(80)}…" (string)`],
    [Number.NaN, 'NaN (number)'],
    [true, 'true (boolean)'],
    [[1], 'a value (array)'],
    [{ token: 'hunter2' }, 'a value (object)'],
    [Symbol.iterator, 'a value (symbol)'],
  ])('%j is %s', (value, said) => {
    expect(quoted(value)).toBe(said);
  });
});

describe('the codes', () => {
  it('stand in the README, all of them and in this order, with what each one means', () => {
    const readme = readFileSync(path.resolve(import.meta.dirname, '../../README.md'), 'utf8');
    const rows = Object.entries(healthErrorCodes).map(
      ([code, [what, outcome]]) => `| \`${code}\` | ${what}. ${outcome} |`,
    );
    expect(readme).toContain(`${rows.join('\n')}\n`);
  });

  it('say what failed and what that left behind, in plain words', () => {
    for (const code of Object.keys(healthErrorCodes) as HealthErrorCode[]) {
      const [what, outcome] = healthErrorCodes[code];
      expect([code, what]).toEqual([code, expect.stringMatching(/^(a|an|the) [^.]*$/)]);
      expect([code, outcome]).toEqual([code, expect.stringMatching(/^[A-Z].*\.$/)]);
    }
  });
});
