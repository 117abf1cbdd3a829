/** @type {import('../rules.js').RuleTopic} */
export const modules = {
  title: 'Modules and the process',
  rules: [
    {
      rule: 'no-console',
      why: 'Lines beside the log have no level, no request id and no redaction.',
    },
    {
      rule: 'import/no-cycle',
      why: 'A module in a cycle is used before it has run.',
    },
    {
      rule: 'import/no-default-export',
      why: 'A default export has another name in every file.',
      offIn: { files: ['**/*.config.ts'], because: 'the tools ask for a default export' },
    },
    {
      rule: 'import/no-absolute-path',
      why: 'A path of one machine.',
    },
    {
      rule: 'typescript/no-require-imports',
      why: 'An ES module has no `require`.',
    },
    {
      rule: 'unicorn/prefer-node-protocol',
      why: 'Without `node:` a package of the same name may answer.',
    },
    {
      rule: 'unicorn/no-invalid-fetch-options',
      why: 'A GET with a body throws at run time.',
    },
    {
      rule: 'unicorn/no-invalid-remove-event-listener',
      why: 'A function made on the spot is no listener that was ever added: the old one leaks.',
    },
    {
      rule: 'unicorn/no-accessor-recursion',
      why: 'A getter that reads itself never returns.',
    },
    {
      rule: 'no-eval',
      why: 'Runs whatever text arrives.',
    },
    {
      rule: 'typescript/no-implied-eval',
      typed: true,
      why: 'A text given to a timer is run as code.',
    },
    {
      rule: 'no-extend-native',
      why: 'Changes every library in the process.',
    },
    {
      rule: 'no-debugger',
      why: 'Halts the process under an inspector.',
    },
    {
      rule: 'unicorn/no-abusive-eslint-disable',
      why: 'Silencing every rule silences those of next year.',
    },
  ],
};
