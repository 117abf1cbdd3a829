import { defineLibraryBundle } from '@seaworthy/preset/tsup';

const shared = {
  // Node 20: who runs the scaffolder may have an older Node than the service it writes.
  target: 'node20' as const,
  // Bundled, because reading them from node_modules costs more than the whole run, and `npm create` has less to install.
  noExternal: ['zod', 'tar', 'diff', 'toml-eslint-parser', '@clack/prompts'],
  treeshake: true,
  minify: true,
  // Three times the size of the code, for a stack that nobody is shown.
  sourcemap: false,
  clean: false,
};

export default [
  defineLibraryBundle({
    ...shared,
    entry: {
      index: 'src/index.ts',
      plop: 'src/plop/plop-pack.ts',
      'test-template': 'src/test-template.ts',
      update: 'src/update/index.ts',
    },
  }),
  // The command by itself, and in one file, for each one more is read at every start; what a run does not call stays asleep in it.
  defineLibraryBundle({ ...shared, entry: { cli: 'src/cli.ts' }, splitting: false }),
];
