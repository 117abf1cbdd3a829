import type { ViteUserConfig } from 'vitest/config';

/**
 * Test settings for a package: every test must assert, mocks and environment are restored, JUnit goes to `reports/junit.xml`.
 *
 * Sets `DEPLOY_ENVIRONMENT=test`.
 *
 * @example
 * ```ts
 * import { defineUnitTests } from '@seaworthy/preset/vitest';
 * if (defineUnitTests().test?.expect?.requireAssertions !== true) throw new Error('a test may be empty');
 * ```
 */
export declare function defineUnitTests(overrides?: ViteUserConfig): ViteUserConfig;

/**
 * Test settings for a service: the projects `unit` (beside the sources) and `integration` (real processes).
 *
 * @example
 * ```ts
 * import { defineServiceTests } from '@seaworthy/preset/vitest';
 * if (defineServiceTests().test?.projects?.length !== 2) throw new Error('a project is missing');
 * ```
 */
export declare function defineServiceTests(overrides?: ViteUserConfig): ViteUserConfig;
