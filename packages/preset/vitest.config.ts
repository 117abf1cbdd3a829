import { defineUnitTests } from './vitest.js';

// Every test starts the real tools, some of them several times.
export default defineUnitTests({ test: { testTimeout: 120_000 } });
