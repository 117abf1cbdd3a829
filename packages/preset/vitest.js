import { defineConfig, mergeConfig } from 'vitest/config';

/** @type {import('vitest/config').ViteUserConfig['test']} */
const shared = {
  environment: 'node',
  env: { DEPLOY_ENVIRONMENT: 'test' },
  expect: { requireAssertions: true },
  restoreMocks: true,
  unstubEnvs: true,
};

/** @param {string} file */
function reportsTo(file) {
  return { reporters: ['default', 'junit'], outputFile: { junit: file } };
}

/** @param {import('vitest/config').ViteUserConfig} overrides */
export function defineUnitTests(overrides = {}) {
  const unit = { ...shared, ...reportsTo('reports/junit.xml'), name: 'unit', include: ['src/**/*.test.ts'] };
  return mergeConfig(defineConfig({ test: unit }), overrides);
}

/** @param {import('vitest/config').ViteUserConfig} overrides */
export function defineServiceTests(overrides = {}) {
  const projects = [
    { test: { ...shared, name: 'unit', include: ['src/**/*.test.ts', 'tests/unit/**/*.test.ts'] } },
    { test: { ...shared, name: 'integration', include: ['tests/integration/**/*.test.ts'] } },
  ];
  return mergeConfig(defineConfig({ test: { ...reportsTo('reports/junit.xml'), projects } }), overrides);
}
