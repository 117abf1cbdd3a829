import { format } from '@seaworthy/preset/oxfmt';
import { defineConfig } from 'oxfmt';

export default defineConfig({
  ...format,
  ignorePatterns: [
    ...format.ignorePatterns,
    '**/.venv',
    '.changeset',
    'tests/.examples',
    'services',
    // One case a line.
    'packages/defaults/contract/cases.json',
    'docs/defaults.schema.json',
    // Written by `npm run fix`.
    'packages/preset/oxlint.json',
    'packages/preset/python/ruff-rules.json',
  ],
});
