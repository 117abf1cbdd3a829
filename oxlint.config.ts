import { service } from '@seaworthy/preset/oxlint';
import { defineConfig } from 'oxlint';

// For the root's own files: each package has a configuration of its own and is linted through turbo.
export default defineConfig({
  extends: [service],
  ignorePatterns: ['packages', 'templates', 'services', 'tests/.examples'],
  overrides: [{ files: ['plopfile.js'], rules: { 'import/no-default-export': 'off' } }],
});
