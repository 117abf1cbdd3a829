import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

import { onTestFinished } from 'vitest';

import { withMigratedDatabase } from '../../src/database/with-migrated-database.ts';
import { applyMigrations } from '../../src/migrations/apply-migrations.ts';
import { runImport } from '../../src/run-import.ts';
import { loadServiceSettings } from '../../src/settings.ts';

import { keptLog } from './kept-log.ts';

export const header = 'orderNumber,sku,quantity\n';

const quiet = keptLog().log;

/** As many orders of one each, numbered from 0. */
export function rows(count: number): string {
  return Array.from({ length: count }, (_, index) => `A-${String(index).padStart(4, '0')},S,1\n`).join('');
}

/** A folder with a database and a file to import; both are removed with the test. The database may be left to be made. */
export async function importing({ hasDatabase = true } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'import-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const databaseFile = path.join(folder, 'orders.db');
  const file = path.join(folder, 'orders.csv');
  const env = { DEPLOY_ENVIRONMENT: 'test', DATABASE_URL: `sqlite:${databaseFile}` };
  const { settings } = loadServiceSettings(env);
  const { log, lines } = keptLog();
  if (hasDatabase)
    await withMigratedDatabase(settings, (database, migrations) => applyMigrations(database, migrations, quiet));
  const neverStopped = new AbortController();

  /** Runs a statement on a connection of its own, and returns its rows. */
  function query(statement: string, ...values: SQLInputValue[]): object[] {
    const connection = new DatabaseSync(databaseFile);
    try {
      return connection.prepare(statement).all(...values);
    } finally {
      connection.close();
    }
  }

  return {
    file,
    folder,
    settings,
    log,
    lines,
    write: (contents: string | Buffer) => writeFileSync(file, contents),
    /** Runs the import to its end, on a file that was written before. */
    run: (from = file, { signal } = neverStopped) => runImport(from, { settings, log, signal }),
    query,
    /** What is stored, in the order in which it was. */
    stored: () => query('SELECT order_number FROM orders ORDER BY id').map((row) => String(Object.values(row)[0])),
  };
}
