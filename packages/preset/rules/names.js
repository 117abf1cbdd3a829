/** @type {import('../rules.js').RuleTopic} */
export const names = {
  title: 'Names and what nobody uses',
  rules: [
    {
      rule: 'no-unused-vars',
      why: 'A value that nobody reads is a step that somebody forgot.',
    },
    {
      rule: 'no-unassigned-vars',
      why: 'Read, and never written: always `undefined`.',
    },
    {
      rule: 'no-unused-private-class-members',
      why: 'Private, so nobody else reads it either.',
    },
    {
      rule: 'no-var',
      why: '`var` is visible outside its block and before its line.',
    },
    {
      rule: 'prefer-const',
      why: '`let` tells the reader to look for the change.',
    },
    {
      rule: 'import/no-mutable-exports',
      why: 'A value that changes under the importer.',
    },
  ],
};
