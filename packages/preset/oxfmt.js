/** @type {import('oxfmt').OxfmtConfig} */
export const format = {
  printWidth: 120,
  singleQuote: true,
  // Markdown is written for readers and rendered from service.json: a table must not be re-aligned when a name grows.
  ignorePatterns: ['**/*.md', '**/package-lock.json', '**/.seaworthy', '**/dist', '**/reports', '**/var', '**/vendor'],
};
