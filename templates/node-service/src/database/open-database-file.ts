import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { RedactedUrl } from '@seaworthy/defaults';

import { databaseUnusable } from '../command-error.ts';
import { isFileSystemError, isSqliteError } from '../driver-errors.ts';
import { readMigrations } from '../migrations/read-migrations.ts';
import { sqliteMigrations } from '../migrations/sqlite-migrations.ts';

/** How long a statement waits for another writer; it blocks the event loop meanwhile. */
const defaultBusyTimeoutMs = 2_000;

/**
 * Opens the file of a `sqlite:` URL on a connection of its own, and makes its folder where it is missing.
 *
 * A database in memory is new each time, and nobody else could migrate it: that is done here.
 *
 * @throws {CommandError} `START_DATABASE_UNUSABLE`, also for a file that cannot be written.
 */
export async function openDatabaseFile(
  location: RedactedUrl,
  busyTimeoutMs = defaultBusyTimeoutMs,
): Promise<DatabaseSync> {
  const file = decodeURIComponent(location.toURL().pathname);
  let connection: DatabaseSync | undefined;
  try {
    if (file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true });
    connection = new DatabaseSync(file, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true });
    connection.exec('PRAGMA journal_mode = WAL');
    // It asks for the write lock, and so finds a file that cannot be written.
    connection.exec('BEGIN IMMEDIATE; ROLLBACK');
    if (file === ':memory:') await migrateInMemory(connection);
    return connection;
  } catch (error) {
    connection?.close();
    if (isSqliteError(error) || isFileSystemError(error)) throw databaseUnusable(String(location));
    throw error;
  }
}

async function migrateInMemory(connection: DatabaseSync): Promise<void> {
  const database = sqliteMigrations(connection);
  // oxlint-disable-next-line no-await-in-loop -- one after the other
  for (const migration of readMigrations('sqlite')) await database.apply(migration);
}
