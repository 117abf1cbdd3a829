import { defineLibraryBundle } from '@seaworthy/preset/tsup';

export default defineLibraryBundle();
