/** @type {import('../rules.js').RuleTopic} */
export const promises = {
  title: 'Promises',
  rules: [
    {
      rule: 'typescript/no-floating-promises',
      typed: true,
      why: 'A rejection that nobody awaits ends the process, and the caller is told that all went well.',
      options: {
        allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] }],
      },
    },
    {
      rule: 'typescript/no-misused-promises',
      typed: true,
      why: 'A promise is always true, and a caller that expects nothing back never sees it fail.',
    },
    {
      rule: 'typescript/await-thenable',
      typed: true,
      why: 'Awaiting what is no promise hides that the call which should have been awaited is elsewhere.',
    },
    {
      rule: 'typescript/return-await',
      typed: true,
      why: 'Inside `try`, a promise that is returned without `await` is rejected after the `catch` is gone.',
    },
    {
      rule: 'typescript/require-await',
      typed: true,
      why: 'A function that is `async` for no reason makes its callers wait and its errors late.',
    },
    {
      rule: 'promise/no-multiple-resolved',
      why: 'Only the first call counts: what follows an error reported to `reject` runs all the same.',
    },
    {
      rule: 'unicorn/no-await-in-promise-methods',
      why: 'An `await` inside `Promise.all` makes the calls follow each other, and the second is not watched meanwhile.',
    },
    {
      rule: 'unicorn/no-single-promise-in-promise-methods',
      why: 'A list of one is a list that somebody forgot to fill.',
    },
    {
      rule: 'unicorn/no-thenable',
      why: 'An object with a `then` is called by whoever awaits it.',
    },
    {
      rule: 'typescript/use-unknown-in-catch-callback-variable',
      typed: true,
      why: 'What a promise is rejected with can be anything: an untyped one is read without a look.',
    },
  ],
};
