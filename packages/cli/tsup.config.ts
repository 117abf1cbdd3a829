import { defineLibraryBundle } from '@seaworthy/preset/tsup';

// zod is bundled: importing it from node_modules costs every call about 40ms at start.
export default defineLibraryBundle({ entry: ['src/index.ts', 'src/cli.ts'], noExternal: ['zod'], treeshake: true });
