import type { TestProjectInlineConfiguration, ViteUserConfig } from 'vitest/config';

/** Settings for one kind of test alone. */
export type ProjectOverrides = Partial<
  Record<'unit' | 'integration' | 'contract', NonNullable<TestProjectInlineConfiguration['test']>>
>;

/**
 * Test settings for a package, whose tests stand beside the sources.
 *
 * A run fails on a test that asserts nothing, on a rejection that nobody handled, and, where `CI` is set, on `.only`. Mocks, variables and globals are restored
 * after each test. Sets `DEPLOY_ENVIRONMENT=test`; writes JUnit to `reports/junit.xml`. Coverage is measured with `--coverage` by `@vitest/coverage-v8`.
 *
 * @example
 * ```ts
 * import { defineUnitTests } from '@seaworthy/preset/vitest';
 * const tests = defineUnitTests({ test: { testTimeout: 20_000, coverage: { thresholds: { lines: 90 } } } });
 * if (tests.test?.expect?.requireAssertions !== true) throw new Error('a test may be empty');
 * ```
 */
export declare function defineUnitTests(overrides?: ViteUserConfig): ViteUserConfig;

/**
 * Test settings for a service: `defineUnitTests` in the projects `unit` (`src`, `tests/unit`), `integration` (`tests/integration`) and `contract` (`tests/contract`).
 *
 * Overrides reach every project; the second argument reaches one.
 *
 * @example
 * ```ts
 * import { defineServiceTests } from '@seaworthy/preset/vitest';
 * const tests = defineServiceTests({ test: { retry: 0 } }, { integration: { testTimeout: 60_000 } });
 * if (tests.test?.projects?.length !== 3) throw new Error('a project is missing');
 * ```
 */
export declare function defineServiceTests(overrides?: ViteUserConfig, perProject?: ProjectOverrides): ViteUserConfig;

/** `defineUnitTests()`, to be exported again as the whole configuration. */
export declare const unitTests: ViteUserConfig;

/** `defineServiceTests()`, to be exported again as the whole configuration. */
export declare const serviceTests: ViteUserConfig;
