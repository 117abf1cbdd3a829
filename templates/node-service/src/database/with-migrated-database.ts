import type { MigratedDatabase, Migration } from '../migrations/migration.ts';
import { postgresMigrations } from '../migrations/postgres-migrations.ts';
import { readMigrations } from '../migrations/read-migrations.ts';
import { sqliteMigrations } from '../migrations/sqlite-migrations.ts';

import { databaseUnreachable } from '../command-error.ts';

import { isSqlite } from './is-sqlite.ts';
import { openDatabaseFile } from './open-database-file.ts';
import { connectionTo, type DatabaseSettings } from './open-pool.ts';

// Another process may be at a long migration: its end is waited for.
const busyTimeoutMs = 60_000;

/** Opens what DATABASE_URL names for its migrations, on one connection that gives no statement up. */
export async function withMigratedDatabase(
  settings: DatabaseSettings,
  use: (database: MigratedDatabase, migrations: readonly Migration[]) => Promise<void>,
): Promise<void> {
  if (isSqlite(settings.service.databaseUrl)) {
    const connection = openDatabaseFile(settings.service.databaseUrl, busyTimeoutMs);
    try {
      await use(sqliteMigrations(connection), readMigrations('sqlite'));
    } finally {
      connection.close();
    }
    return;
  }
  const pg = await import('pg');
  const { poolWaitTimeoutMs } = settings.database;
  const client = new pg.Client({ ...connectionTo(settings), connectionTimeoutMillis: poolWaitTimeoutMs });
  // The statement that was waiting fails as well; without this the process would end without a word.
  client.on('error', () => undefined);
  try {
    await client.connect().catch(() => {
      throw databaseUnreachable(String(settings.service.databaseUrl));
    });
    await use(postgresMigrations(client), readMigrations('postgres'));
  } finally {
    await client.end();
  }
}
