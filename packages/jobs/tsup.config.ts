import { defineLibraryBundle } from '@seaworthy/preset/tsup';

export default defineLibraryBundle({ entry: ['src/index.ts'] });
