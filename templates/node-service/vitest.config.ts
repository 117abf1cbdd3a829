import { defineServiceTests } from '@seaworthy/preset/vitest';

export default defineServiceTests();
