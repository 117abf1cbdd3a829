/** @type {import('../rules.js').RuleTopic} */
export const types = {
  title: 'Types that tell the truth',
  rules: [
    {
      rule: 'typescript/no-explicit-any',
      why: '`any` switches the compiler off for everything it touches.',
    },
    {
      rule: 'typescript/no-unsafe-assignment',
      typed: true,
      why: 'An untyped value from outside enters without being checked.',
    },
    {
      rule: 'typescript/no-unsafe-argument',
      typed: true,
      why: 'An untyped value is handed on as if it had been checked.',
    },
    {
      rule: 'typescript/no-unsafe-call',
      typed: true,
      why: 'Calling what nobody described fails at run time.',
    },
    {
      rule: 'typescript/no-unsafe-member-access',
      typed: true,
      why: 'A misspelt name of an untyped value is `undefined`, not an error.',
    },
    {
      rule: 'typescript/no-unsafe-return',
      typed: true,
      why: 'An untyped value leaves the function with a type that nobody checked.',
    },
    {
      rule: 'typescript/no-non-null-assertion',
      why: '`!` says that a value is there, and nothing makes sure.',
      offIn: { files: ['**/*.test.ts', '**/tests/**'], because: 'in a test a missing value fails the test' },
    },
    {
      rule: 'typescript/switch-exhaustiveness-check',
      typed: true,
      why: 'The state that is added next year falls through silently.',
    },
    {
      rule: 'typescript/no-deprecated',
      typed: true,
      why: 'What is deprecated is removed by the next major version.',
    },
    {
      rule: 'typescript/no-misused-spread',
      typed: true,
      why: 'Spreading a class instance, a map or a text loses methods, entries or letters.',
    },
    {
      rule: 'typescript/no-unsafe-unary-minus',
      typed: true,
      why: 'Minus on what is no number is `NaN`.',
    },
    {
      rule: 'typescript/no-unsafe-declaration-merging',
      why: 'An interface beside a class of the same name promises members that are never set.',
    },
    {
      rule: 'typescript/ban-ts-comment',
      why: 'A silenced error says why, or it is forgotten.',
    },
    {
      rule: 'typescript/no-wrapper-object-types',
      why: '`String` is the object, not the text: two equal ones differ.',
    },
    {
      rule: 'typescript/no-empty-object-type',
      why: '`{}` accepts everything but `null` and `undefined`.',
    },
    {
      rule: 'typescript/no-unnecessary-type-assertion',
      typed: true,
      why: 'An assertion that changes nothing hides the day on which it would.',
    },
    {
      rule: 'typescript/no-unnecessary-type-conversion',
      typed: true,
      why: 'Converting what has the type already hides where the wrong type came in.',
    },
    {
      rule: 'typescript/no-unnecessary-type-parameters',
      typed: true,
      why: 'A type parameter used once is an assertion in disguise.',
    },
    {
      rule: 'typescript/no-redundant-type-constituents',
      typed: true,
      why: '`unknown` swallows the rest of a union: the reader believes in states that nobody tells apart.',
    },
    {
      rule: 'typescript/no-duplicate-type-constituents',
      typed: true,
      why: 'The same member twice is usually a member that was mistyped.',
    },
    {
      rule: 'typescript/no-unnecessary-boolean-literal-compare',
      typed: true,
      why: 'Comparing with `true` suggests that the value could be something else.',
    },
    {
      rule: 'typescript/no-meaningless-void-operator',
      typed: true,
      why: '`void` before what is no promise claims that an error was thought of.',
    },
    {
      rule: 'typescript/consistent-type-imports',
      why: 'An import for a type alone loads a module at start, or breaks when types are stripped.',
    },
    {
      rule: 'typescript/no-import-type-side-effects',
      why: '`import { type X }` still loads the module when types are stripped.',
    },
  ],
};
