import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { openDatabase } from '../../src/database/open-database.ts';
import { loadServiceSettings } from '../../src/settings.ts';

import { keptLog } from './kept-log.ts';

it('a file with pending migrations is closed again', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pending-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'orders.db');
  const { settings } = loadServiceSettings({ DEPLOY_ENVIRONMENT: 'test', DATABASE_URL: `sqlite:${file}` });
  const opening = openDatabase(settings, { onStatement: () => undefined, log: keptLog().log });
  await expect(opening).rejects.toMatchObject({ code: 'START_MIGRATION_PENDING' });
  // SQLite removes it with the last connection.
  expect([existsSync(file), existsSync(`${file}-wal`)]).toEqual([true, false]);
});
