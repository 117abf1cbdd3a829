import { DatabaseSync } from 'node:sqlite';

import { Pool, type PoolClient } from 'pg';

import { type JobStore, postgresStore, sqliteStore } from '../index.ts';
import type { ImportSettings } from './import-settings.ts';

/** Where lines are imported to: duplicates are possible, so that a line that was imported twice shows. */
export interface ImportTarget<Db> {
  readonly store: JobStore<Db>;
  write(db: Db, key: string, from: number, to: number): void | Promise<void>;
  readonly createTable: () => void | Promise<void>;
  /** How often each line of a key was imported. */
  readonly count: (key: string) => Promise<{ readonly line: number; readonly times: number }[]>;
  readonly close: () => void | Promise<void>;
}

const counting = 'SELECT line, count(*) AS times FROM lines WHERE key =';
const toCount = (row: object) => ({ line: Number(Reflect.get(row, 'line')), times: Number(Reflect.get(row, 'times')) });

function openSqlite(file: string): ImportTarget<DatabaseSync> {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  return {
    store: sqliteStore({ database, busyTimeoutMs: 30_000 }),
    write(db, key, from, to) {
      const insert = db.prepare('INSERT INTO lines VALUES (?, ?)');
      for (let line = from; line < to; line += 1) insert.run(key, line);
    },
    createTable: () => database.exec('CREATE TABLE IF NOT EXISTS lines (key TEXT, line INTEGER)'),
    count: (key) =>
      Promise.resolve(database.prepare(`${counting} ? GROUP BY line ORDER BY line`).all(key).map(toCount)),
    close: () => database.close(),
  };
}

function openPostgres(connection: object): ImportTarget<PoolClient> {
  const pool = new Pool(connection).on('error', () => undefined);
  return {
    store: postgresStore({ pool }),
    async write(client, key, from, to) {
      // One statement for each half, so that a worker can be stopped or killed between them.
      const insert = 'INSERT INTO lines SELECT $1, line FROM generate_series($2::int, $3::int - 1) AS line';
      const middle = Math.floor((from + to) / 2);
      await client.query(insert, [key, from, middle]);
      await client.query(insert, [key, middle, to]);
    },
    createTable: async () => void (await pool.query('CREATE TABLE IF NOT EXISTS lines (key text, line integer)')),
    count: async (key) =>
      (await pool.query<object>(`${counting} $1 GROUP BY line ORDER BY line`, [key])).rows.map(toCount),
    close: () => pool.end(),
  };
}

export function openTarget(database: ImportSettings['database']): ImportTarget<unknown> {
  return 'file' in database ? openSqlite(database.file) : openPostgres(database);
}
