import { service } from '@seaworthy/preset/oxlint';
import { defineConfig } from 'oxlint';

// For the root's own files: each package has a configuration of its own and is linted through turbo.
export default defineConfig({
  extends: [service],
  ignorePatterns: ['packages', 'templates', 'services', 'tests/.examples'],
  overrides: [
    { files: ['plopfile.js'], rules: { 'import/no-default-export': 'off' } },
    {
      // Plain programs, measured as they stand: no types reach them, and their peers may not be installed yet.
      files: ['bench/*/peers/**'],
      rules: {
        'import/no-default-export': 'off',
        'typescript/no-base-to-string': 'off',
        'typescript/no-unsafe-argument': 'off',
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-call': 'off',
        'typescript/no-unsafe-member-access': 'off',
        'typescript/no-unsafe-return': 'off',
      },
    },
  ],
});
