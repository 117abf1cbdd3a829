/** @type {import('../rules.js').RuleTopic} */
export const tests = {
  title: 'Tests that can fail',
  rules: [
    {
      rule: 'vitest/no-focused-tests',
      why: 'One `.only`, and the other tests are not run.',
    },
    {
      rule: 'vitest/no-disabled-tests',
      why: 'A skipped test is green for ever.',
    },
    {
      rule: 'vitest/no-commented-out-tests',
      why: 'A test in a comment is a test nobody runs.',
    },
    {
      rule: 'vitest/no-conditional-expect',
      why: 'An expectation in a branch is not made when the branch is not taken.',
    },
    {
      rule: 'vitest/no-standalone-expect',
      why: 'An expectation outside a test runs before the tests, and belongs to none.',
    },
    {
      rule: 'vitest/no-identical-title',
      why: 'Of two tests with one name nobody knows which failed.',
    },
    {
      rule: 'vitest/valid-expect',
      why: '`expect(x)` without a matcher compares nothing.',
      options: { maxArgs: 2 },
    },
    {
      rule: 'vitest/valid-expect-in-promise',
      why: 'The test is over before the promise is.',
    },
    {
      rule: 'vitest/valid-title',
      why: 'A test without a name cannot be found again.',
    },
    {
      rule: 'vitest/require-awaited-expect-poll',
      why: 'An `expect.poll` that is not awaited never fails.',
    },
    {
      rule: 'vitest/hoisted-apis-on-top',
      why: '`vi.mock` runs before every import, wherever it stands: it does not see what is beside it.',
    },
    {
      rule: 'vitest/require-to-throw-message',
      why: 'Any error passes, also the one of a mistyped name.',
    },
    {
      rule: 'vitest/no-import-node-test',
      why: 'A test of another runner is never collected.',
    },
  ],
};
