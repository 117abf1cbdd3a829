import { defineUnitTests } from './vitest.js';

export default defineUnitTests();
