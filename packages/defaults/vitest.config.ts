import { defineUnitTests } from '@seaworthy/preset/vitest';

// Most of the time the live tests wait for a server: more workers than cores finish sooner.
export default defineUnitTests({ test: { maxWorkers: 3 } });
