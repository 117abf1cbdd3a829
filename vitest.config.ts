import { defineConfig } from 'vitest/config';

import { pythonTests } from './tests/python-tests.ts';

const shared = { environment: 'node', expect: { requireAssertions: true } } as const;

// In `npm test` a generated service of each language keeps this part of the contract, in e2e.
const keptInE2e = process.env['CONTRACT_PART'] === 'template' ? ['tests/contract/*-service.test.ts'] : [];

export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: 'repository', include: ['tests/repository/**/*.test.ts'] } },
      {
        test: {
          ...shared,
          name: 'contract',
          include: ['tests/contract/**/*.test.ts'],
          exclude: [...pythonTests(), ...keptInE2e],
          globalSetup: ['tests/say-what-is-skipped.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      // Named on the command line of `npm run contract`, and run by nothing else.
      {
        test: {
          ...shared,
          name: 'given-service',
          include: ['tests/contract/given-service.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      // Each file installs a service and works with it.
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: pythonTests(),
          globalSetup: ['tests/say-what-is-skipped.ts'],
          testTimeout: 600_000,
          hookTimeout: 900_000,
        },
      },
      // Publishes to a registry of its own, and uses what it gives.
      {
        test: {
          ...shared,
          name: 'release',
          include: ['tests/release/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
      // What takes too long for every run: `npm run test:matrix`, before a release.
      {
        test: {
          ...shared,
          name: 'matrix',
          include: ['tests/{matrix,e2e}/**/*.test.ts'],
          env: { WHOLE_CONTRACT: 'true' },
          testTimeout: 600_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
