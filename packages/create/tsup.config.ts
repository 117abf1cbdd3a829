import { defineLibraryBundle } from '@seaworthy/preset/tsup';

export default defineLibraryBundle({
  entry: { index: 'src/index.ts', cli: 'src/cli.ts', plop: 'src/plop/plop-pack.ts' },
  // Node 20: who runs the scaffolder may have an older Node than the service it writes.
  target: 'node20',
  // Bundled, because reading them from node_modules costs more than the whole run, and `npm create` has less to install.
  noExternal: ['zod', 'tar', '@clack/prompts'],
  treeshake: true,
  minify: true,
});
