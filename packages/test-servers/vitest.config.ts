import { defineUnitTests } from '@seaworthy/preset/vitest';

export default defineUnitTests();
