import { defineUnitTests } from '@seaworthy/preset/vitest';

// Nearly every test starts processes, some of them three.
export default defineUnitTests({ test: { testTimeout: 20_000 } });
