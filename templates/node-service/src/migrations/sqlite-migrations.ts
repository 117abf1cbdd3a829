import type { DatabaseSync } from 'node:sqlite';

import { createLedger, type MigratedDatabase } from './migration.ts';

const findLedger = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'";

/** What a connection to SQLite has applied; another process that applies something is waited for as its time-out says. */
export function sqliteMigrations(connection: DatabaseSync): MigratedDatabase {
  return {
    applied() {
      const isThere = connection.prepare(findLedger).get() !== undefined;
      const rows = isThere ? connection.prepare('SELECT number, sha256 FROM schema_migrations').all() : [];
      return Promise.resolve(new Map(rows.map(({ number, sha256 }) => [Number(number), String(sha256)])));
    },
    apply({ number, name, sql, sha256 }) {
      return inTransaction(connection, () => {
        connection.exec(createLedger);
        const found = connection.prepare('SELECT sha256 FROM schema_migrations WHERE number = ?').get(number);
        if (found !== undefined) return String(found['sha256']);
        connection.exec(sql);
        connection
          .prepare('INSERT INTO schema_migrations (number, name, sha256, applied_at) VALUES (?, ?, ?, ?)')
          .run(number, name, sha256, new Date().toISOString());
        return undefined;
      });
    },
  };
}

// Async, so that what is thrown rejects like everything else a database says.
// oxlint-disable-next-line typescript/require-await
async function inTransaction<T>(connection: DatabaseSync, work: () => T): Promise<T> {
  connection.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    connection.exec('COMMIT');
    return value;
  } catch (error) {
    // A full disk, for one, has rolled back already.
    if (connection.isTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}
