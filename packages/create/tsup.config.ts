import { defineLibraryBundle } from '@seaworthy/preset/tsup';

export default defineLibraryBundle({
  entry: { index: 'src/index.ts', cli: 'src/cli.ts', update: 'src/update/index.ts' },
  // Node 20: who runs the scaffolder may have an older Node than the service it writes.
  target: 'node20',
  // Bundled, because reading them from node_modules costs more than the whole run, and `npm create` has less to install.
  noExternal: ['zod', 'tar', 'diff', 'toml-eslint-parser'],
  treeshake: true,
  minify: true,
});
