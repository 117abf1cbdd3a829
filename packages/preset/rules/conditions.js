/** @type {import('../rules.js').RuleTopic} */
export const conditions = {
  title: 'Conditions and loops',
  rules: [
    {
      rule: 'no-constant-condition',
      why: 'A condition that never changes is a branch that never runs.',
    },
    {
      rule: 'no-constant-binary-expression',
      why: 'An operator that cannot matter is a comparison written wrongly.',
    },
    {
      rule: 'no-self-assign',
      why: 'The value that should be copied is on neither side.',
    },
    {
      rule: 'no-self-compare',
      why: 'Compared with itself, where another was meant.',
    },
    {
      rule: 'no-dupe-else-if',
      why: 'The second branch can never run.',
    },
    {
      rule: 'no-duplicate-case',
      why: 'The second case can never run.',
    },
    {
      rule: 'no-unreachable',
      why: 'Code after `return` is code that somebody believes in.',
    },
    {
      rule: 'no-unmodified-loop-condition',
      why: 'The loop ends at once or never.',
    },
    {
      rule: 'for-direction',
      why: 'The counter walks away from its end.',
    },
    {
      rule: 'no-unsafe-optional-chaining',
      why: '`?.` may give `undefined`, and the next step throws.',
    },
    {
      rule: 'unicorn/no-negation-in-equality-check',
      why: '`!a === b` negates before it compares.',
    },
    {
      rule: 'oxc/const-comparisons',
      why: 'Bounds that exclude each other, or one that says nothing.',
    },
    {
      rule: 'oxc/double-comparisons',
      why: 'Two comparisons that are one are usually one that was mistyped.',
    },
    {
      rule: 'oxc/bad-min-max-func',
      why: 'Bounds the wrong way round give the same number for every input.',
    },
    {
      rule: 'oxc/bad-char-at-comparison',
      why: 'One character never equals two.',
    },
    {
      rule: 'oxc/erasing-op',
      why: 'Times 0 is 0, whatever stands before it.',
    },
    {
      rule: 'oxc/misrefactored-assign-op',
      why: '`a += a + b` counts `a` twice.',
    },
    {
      rule: 'oxc/uninvoked-array-callback',
      why: 'A callback on an empty array of a length is never called.',
    },
    {
      rule: 'oxc/only-used-in-recursion',
      why: 'A parameter that is only passed on decides nothing.',
    },
    {
      rule: 'array-callback-return',
      why: 'A callback without a `return` filters everything out.',
    },
    {
      rule: 'no-unused-expressions',
      why: 'A comparison that nobody reads, or a call without its brackets.',
    },
  ],
};
