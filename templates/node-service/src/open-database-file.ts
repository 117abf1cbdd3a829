import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { RedactedUrl } from '@seaworthy/defaults';
import { JobError, migrate, sqliteStore } from '@seaworthy/jobs';

import { databaseUnusable } from './command-error.ts';
import { isFileSystemError, isSqliteError } from './driver-errors.ts';

/** How long a statement waits for another writer; it blocks the event loop meanwhile. */
const busyTimeoutMs = 2_000;

const schema = `
  CREATE TABLE IF NOT EXISTS orders (
    id INTEGER PRIMARY KEY,
    order_number TEXT NOT NULL UNIQUE,
    sku TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    created_at TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS order_summaries (
    day TEXT PRIMARY KEY,
    orders INTEGER NOT NULL,
    quantity INTEGER NOT NULL
  )`;

/** Opens the file of a `sqlite:` URL on a connection of its own, and makes its folder and tables where missing. */
export async function openDatabaseFile(location: RedactedUrl): Promise<DatabaseSync> {
  const file = decodeURIComponent(location.toURL().pathname);
  let connection: DatabaseSync | undefined;
  try {
    if (file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true });
    connection = new DatabaseSync(file, { timeout: busyTimeoutMs });
    connection.exec('PRAGMA journal_mode = WAL');
    connection.exec(schema);
    // It asks for the write lock even when every table is there, and so finds a file that cannot be written.
    await migrate(sqliteStore({ database: connection, busyTimeoutMs: 0 }));
    return connection;
  } catch (error) {
    connection?.close();
    if (error instanceof JobError || isSqliteError(error) || isFileSystemError(error))
      throw databaseUnusable(String(location));
    throw error;
  }
}
