import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach } from 'vitest';

import {
  defineDefaults,
  httpServer,
  loadSettings,
  logging,
  secret,
  serviceFiles,
  SettingsError,
  url,
  type Problem,
} from '../index.ts';

export const texts = { owner: 'team-a', reason: 'a reason', expect: 'a result', rollback: 'unset it' };

/** Two shipped groups, and one of the service with an address and a secret. */
export const groups = {
  http: httpServer,
  logging,
  service: defineDefaults('service', '', {
    databaseUrl: url({ env: 'DATABASE_URL', protocols: ['sqlite:'], in: { test: 'sqlite:test.db' }, ...texts }),
    token: secret({ env: 'HEALTH_TOKEN', minLength: 16, in: { test: 'only-for-the-tests' }, ...texts }),
  }),
};

export const owner = 'team-orders';
export const production = { DEPLOY_ENVIRONMENT: 'production', HEALTH_TOKEN: 'a-token-of-16-characters' };

/** A folder of configuration files for each test, and a service that reads them. */
export function useServiceFolder() {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'settings-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function load(env: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) {
    for (const [name, contents] of Object.entries(files)) writeFileSync(path.join(folder, name), contents);
    return loadSettings(groups, { env, files: serviceFiles(folder), owner });
  }
  function problemsOf(...args: Parameters<typeof load>): readonly Problem[] {
    try {
      load(...args);
    } catch (error) {
      if (error instanceof SettingsError) return error.problems;
      throw error;
    }
    return [];
  }
  return { load, problemsOf, file: (name: string) => path.join(folder, name) };
}
