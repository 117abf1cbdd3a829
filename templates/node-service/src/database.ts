import { mkdirSync } from 'node:fs';
import path from 'node:path';

import type { RedactedUrl } from '@seaworthy/defaults';
import { Kysely, sql, type Generated } from 'kysely';

import { databaseUnusable } from './command-error.ts';
import { nodeSqliteDialect } from './node-sqlite-dialect.ts';

export interface OrderRow {
  id: Generated<number>;
  order_number: string;
  sku: string;
  quantity: number;
  created_at: string;
}

export type Database = Kysely<{ orders: OrderRow }>;

const ordersTable = sql`
  CREATE TABLE IF NOT EXISTS orders (
    id INTEGER PRIMARY KEY,
    order_number TEXT NOT NULL UNIQUE,
    sku TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    created_at TEXT NOT NULL
  )`;

/** Opens the database and makes sure that it can be written; `onStatement` is called once for each statement. */
export async function openDatabase(location: RedactedUrl, onStatement: () => void): Promise<Database> {
  const file = decodeURIComponent(location.toURL().pathname);
  try {
    if (file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true });
    const database: Database = new Kysely({ dialect: nodeSqliteDialect(file), log: onStatement });
    await ordersTable.execute(database);
    // The user version is a number of ours in the file's header: writing it proves that the file can be written.
    await sql`PRAGMA user_version = 1`.execute(database);
    return database;
  } catch (error) {
    if (isSqliteError(error) || isFileSystemError(error)) throw databaseUnusable(String(location));
    throw error;
  }
}

function isSqliteError(error: unknown): error is Error & { errcode: number } {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
}

function isFileSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

// busy, locked, read-only, input/output, full, cannot open: the low byte of SQLite's result code.
const unavailableCodes = new Set([5, 6, 8, 10, 13, 14]);

/** True for an error that says nothing about the request: the same one may be answered later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return isSqliteError(error) && unavailableCodes.has(error.errcode & 0xff);
}
