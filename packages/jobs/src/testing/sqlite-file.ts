import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { onTestFinished } from 'vitest';

import { migrate, sqliteStore, type SqliteStoreOptions } from '../index.ts';
import { temporaryFolder } from './temporary-folder.ts';

export function openFile(file = path.join(temporaryFolder(), 'orders.db')): { file: string; database: DatabaseSync } {
  const database = new DatabaseSync(file);
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  return { file, database };
}

/** A ledger and a table of lines in a file of its own, and the options of a job. */
export async function prepared(options: Partial<SqliteStoreOptions<DatabaseSync>> = {}) {
  const { file, database } = openFile();
  database.exec('PRAGMA journal_mode = WAL; CREATE TABLE lines (line INTEGER)');
  const store = sqliteStore({ database, ...options });
  await migrate(store);
  const lines = () =>
    database
      .prepare('SELECT line FROM lines ORDER BY line')
      .all()
      .map((row) => Number(row['line']));
  return { file, database, store, lines, options: { name: 'import', key: 'orders.csv', input: null, store } };
}

export const insert = (db: DatabaseSync, line: number) => void db.prepare('INSERT INTO lines VALUES (?)').run(line);
