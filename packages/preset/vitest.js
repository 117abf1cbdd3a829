import { defineConfig, mergeConfig } from 'vitest/config';

const onCi = !['', '0', 'false'].includes(process.env['CI'] ?? '');

/** @type {NonNullable<import('vitest/config').ViteUserConfig['test']>} */
const shared = {
  environment: 'node',
  env: { DEPLOY_ENVIRONMENT: 'test' },
  expect: { requireAssertions: true },
  // On CI one `.only` fails the run: without this the other tests would be left out and the run would be green.
  allowOnly: !onCi,
  dangerouslyIgnoreUnhandledErrors: false,
  restoreMocks: true,
  unstubEnvs: true,
  unstubGlobals: true,
  reporters: ['default', 'junit'],
  outputFile: { junit: 'reports/junit.xml' },
  coverage: {
    provider: 'v8',
    include: ['src/**/*.ts'],
    exclude: ['**/*.test.ts'],
    reporter: ['text', 'lcovonly'],
    reportsDirectory: 'reports/coverage',
  },
};

/** Where the tests of each kind stand: a test of a unit beside its source or in a folder, the others in their own. */
const layout = {
  unit: ['src/**/*.test.ts', 'tests/unit/**/*.test.ts'],
  integration: ['tests/integration/**/*.test.ts'],
  contract: ['tests/contract/**/*.test.ts'],
};

/** @param {import('vitest/config').ViteUserConfig} overrides */
export function defineUnitTests(overrides = {}) {
  return mergeConfig(defineConfig({ test: { ...shared, name: 'unit', include: ['src/**/*.test.ts'] } }), overrides);
}

/**
 * @param {import('vitest/config').ViteUserConfig} overrides
 * @param {import('./vitest.js').ProjectOverrides} perProject
 */
export function defineServiceTests(overrides = {}, perProject = {}) {
  const projects = Object.entries(layout).map(([name, include]) =>
    mergeConfig(
      // From the root, so that what a service sets for all its tests reaches each project.
      { extends: true, test: { name, include } },
      { test: perProject[/** @type {keyof typeof layout} */ (name)] ?? {} },
    ),
  );
  return mergeConfig(defineConfig({ test: { ...shared, projects } }), overrides);
}

export const unitTests = defineUnitTests();

export const serviceTests = defineServiceTests();
