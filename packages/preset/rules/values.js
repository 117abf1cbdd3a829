/** @type {import('../rules.js').RuleTopic} */
export const values = {
  title: 'Values',
  rules: [
    {
      rule: 'typescript/prefer-nullish-coalescing',
      typed: true,
      why: '`||` replaces 0 and the empty text too: a limit of 0 becomes the default.',
    },
    {
      rule: 'typescript/no-base-to-string',
      typed: true,
      why: '`[object Object]` in a log or a key.',
    },
    {
      rule: 'typescript/restrict-template-expressions',
      typed: true,
      why: 'A list or a date in a text, a path or a query is written as nobody decided.',
    },
    {
      rule: 'typescript/restrict-plus-operands',
      typed: true,
      why: 'A number and a text make a longer text, not a sum.',
      options: { allowNumberAndString: false },
    },
    {
      rule: 'typescript/require-array-sort-compare',
      typed: true,
      why: 'Without a comparison 10 sorts before 9.',
    },
    {
      rule: 'typescript/no-for-in-array',
      typed: true,
      why: '`for…in` gives the indexes of an array, as texts.',
    },
    {
      rule: 'typescript/no-array-delete',
      typed: true,
      why: '`delete` leaves a hole, and the length stays.',
    },
    {
      rule: 'typescript/unbound-method',
      typed: true,
      why: 'A method taken off its object loses `this`.',
    },
    {
      rule: 'eqeqeq',
      why: "`==` converts before it compares: '' equals 0.",
    },
    {
      rule: 'no-param-reassign',
      why: 'A parameter that changes on the way is not what the caller sent.',
    },
    {
      rule: 'no-template-curly-in-string',
      why: 'A placeholder in plain quotes is printed as it stands.',
    },
    {
      rule: 'no-loss-of-precision',
      why: 'A number with more digits than fit is another number.',
    },
    {
      rule: 'no-sparse-arrays',
      why: 'A comma too many is a value that is missing.',
    },
    {
      rule: 'unicorn/no-array-fill-with-reference-type',
      why: 'Every place of the array is the same object.',
    },
    {
      rule: 'unicorn/no-array-reverse',
      why: '`reverse` changes the array of the caller; `toReversed` does not.',
    },
    {
      rule: 'unicorn/no-instanceof-builtins',
      why: 'An array from a worker or a VM is no `instanceof Array`.',
    },
    {
      rule: 'unicorn/no-length-as-slice-end',
      why: '`slice` ends there anyway: another end was meant.',
    },
    {
      rule: 'oxc/no-accumulating-spread',
      why: 'Copying the whole result for each item takes a second for ten thousand.',
    },
    {
      rule: 'oxc/number-arg-out-of-range',
      why: 'Throws at run time, for some numbers only.',
    },
    {
      rule: 'oxc/approx-constant',
      why: 'A constant typed from memory is right to three digits.',
    },
  ],
};
