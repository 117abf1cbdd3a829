import { defineLibraryBundle } from '@seaworthy/preset/tsup';

// Node 20: who runs the scaffolder may have an older Node than the service it writes.
export default defineLibraryBundle({ target: 'node20' });
