/** @type {import('../rules.js').RuleTopic} */
export const errors = {
  title: 'Errors',
  rules: [
    {
      rule: 'typescript/only-throw-error',
      typed: true,
      why: 'A thrown text has no stack and no cause, and every `instanceof` misses it.',
    },
    {
      rule: 'typescript/prefer-promise-reject-errors',
      typed: true,
      why: 'A promise rejected with a text has no stack and no cause.',
    },
    {
      rule: 'preserve-caught-error',
      why: 'Without `cause` the first error is gone, and with it the reason.',
    },
    {
      rule: 'no-empty',
      why: 'An empty block swallows an error, or stands where somebody meant to go on.',
    },
    {
      rule: 'no-useless-catch',
      why: 'A `catch` that only throws again suggests that something is handled here.',
    },
    {
      rule: 'no-unsafe-finally',
      why: 'A `return` in `finally` throws the error away.',
    },
    {
      rule: 'no-ex-assign',
      why: 'An error that is assigned over cannot be reported.',
    },
    {
      rule: 'oxc/missing-throw',
      why: 'An error that is made and not thrown stops nothing.',
    },
    {
      rule: 'unicorn/error-message',
      why: 'An error without a message tells the person on call nothing.',
    },
    {
      rule: 'node/handle-callback-err',
      why: 'A callback that ignores its error goes on with nothing.',
      options: '^(err|error)$',
    },
  ],
};
