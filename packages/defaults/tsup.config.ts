import { defineLibraryBundle } from '@seaworthy/preset/tsup';

// zod is bundled: importing it from node_modules costs every process about 40ms at start.
export default defineLibraryBundle({ noExternal: ['zod'], treeshake: true });
