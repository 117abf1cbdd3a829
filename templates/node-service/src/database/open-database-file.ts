import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import type { RedactedUrl } from '@seaworthy/defaults';

import { databaseUnusable } from '../command-error.ts';
import { isFileSystemError, isSqliteError } from '../driver-errors.ts';

import { nodeSqlite } from './node-sqlite.ts';

/** How long a statement waits for another writer; it blocks the event loop meanwhile. */
const defaultBusyTimeoutMs = 2_000;

/**
 * Opens the file of a `sqlite:` URL on a connection of its own, and makes its folder where it is missing.
 *
 * @throws {CommandError} `START_DATABASE_UNUSABLE`, also for a file that cannot be written, and for `:memory:`.
 */
export function openDatabaseFile(location: RedactedUrl, busyTimeoutMs = defaultBusyTimeoutMs): DatabaseSync {
  const file = decodeURIComponent(location.toURL().pathname);
  if (file === ':memory:') throw databaseUnusable(String(location), 'a database in memory would forget every order');
  let connection: DatabaseSync | undefined;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    connection = new (nodeSqlite().DatabaseSync)(file, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true });
    connection.exec('PRAGMA journal_mode = WAL');
    // It asks for the write lock, and so finds a file that cannot be written.
    connection.exec('BEGIN IMMEDIATE; ROLLBACK');
    return connection;
  } catch (error) {
    connection?.close();
    if (isSqliteError(error)) throw databaseUnusable(String(location), error.message);
    if (isFileSystemError(error)) throw databaseUnusable(String(location), error.code);
    throw error;
  }
}
