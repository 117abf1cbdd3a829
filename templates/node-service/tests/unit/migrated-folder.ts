import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { withMigratedDatabase } from '../../src/database/with-migrated-database.ts';
import { applyMigrations } from '../../src/migrations/apply-migrations.ts';
import { loadServiceSettings } from '../../src/settings.ts';

import { keptLog } from './kept-log.ts';

/** A folder with a migrated database, and the URL of that. */
export async function migratedFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'service-'));
  const databaseUrl = `sqlite:${path.join(folder, 'orders.db')}`;
  const { settings } = loadServiceSettings({ DEPLOY_ENVIRONMENT: 'test', DATABASE_URL: databaseUrl });
  const { log } = keptLog();
  await withMigratedDatabase(settings, (database, migrations) => applyMigrations(database, migrations, log));
  return { folder, databaseUrl, remove: () => rmSync(folder, { recursive: true }) };
}
