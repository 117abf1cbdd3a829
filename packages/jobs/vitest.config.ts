import { defineUnitTests } from '@seaworthy/preset/vitest';

// Real processes, a database and a browser: on a busy machine each takes its time.
export default defineUnitTests({ test: { testTimeout: 60_000, hookTimeout: 120_000 } });
