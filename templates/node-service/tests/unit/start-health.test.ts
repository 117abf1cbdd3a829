import path from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { openDatabase } from '../../src/database/open-database.ts';
import { loadServiceSettings } from '../../src/settings.ts';
import { startHealth } from '../../src/start-health.ts';

import { keptLog } from './kept-log.ts';
import { migratedFolder } from './migrated-folder.ts';

async function start(broken: 'database' | 'history') {
  const { folder, databaseUrl, remove } = await migratedFolder();
  const { settings } = loadServiceSettings({
    DEPLOY_ENVIRONMENT: 'test',
    DATABASE_URL: databaseUrl,
    HEALTH_HISTORY_PATH: broken === 'history' ? folder : path.join(folder, 'history.ndjson'),
  });
  const { log, lines } = keptLog();
  const { database, close } = await openDatabase(settings, { onStatement: () => undefined, log });
  if (broken === 'database') await close();
  const health = startHealth(settings, database, log);
  onTestFinished(async () => {
    health.close();
    if (broken !== 'database') await close();
    remove();
  });
  return { health, lines };
}

it('logs why a check failed, and serves only that it did', async () => {
  const { health, lines } = await start('database');
  await expect
    .poll(() => lines)
    .toContainEqual(
      expect.objectContaining({
        level: 'warn',
        message: 'check failed',
        check: 'database',
        error: expect.objectContaining({ message: expect.stringContaining('destroyed') as string }) as object,
      }),
    );
  const document = JSON.stringify(health.document(true));
  expect(document).toContain('"database:responseTime":[{"componentType":"datastore","observedValue"');
  expect(document).not.toContain('destroyed');
});

it('goes on without a history that cannot be used, and logs why', async () => {
  const { health, lines } = await start('history');
  await expect
    .poll(() => lines)
    .toContainEqual(
      expect.objectContaining({
        level: 'warn',
        message: 'history failed',
        error: expect.objectContaining({ message: expect.stringContaining('HISTORY_FILE_FAILED') as string }) as object,
      }),
    );
  expect(health.document(false).answers).toMatchObject({ up: 'yes', deploy: 'collecting' });
});
