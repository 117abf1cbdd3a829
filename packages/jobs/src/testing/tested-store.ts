import { DatabaseSync } from 'node:sqlite';

import type { Pool, PoolClient } from 'pg';

import { type JobStore, memoryStore, migrate, postgresStore, sqliteStore } from '../index.ts';

/** A store, and what a test does beside it. */
export interface TestedStore<Db> {
  readonly store: JobStore<Db>;
  /** Whether nothing is left of an effect that throws. */
  readonly rollsBack: boolean;
  /** Writes one line as an effect does. */
  readonly write: (db: Db, line: string) => void | Promise<void>;
  /** The lines that hold. */
  readonly lines: () => Promise<string[]>;
  /** As if that much time had passed. */
  readonly age: (ms: number) => Promise<void>;
}

export function openMemory(): Promise<TestedStore<undefined>> {
  let aheadMs = 0;
  const lines: string[] = [];
  return Promise.resolve({
    store: memoryStore(() => Date.now() + aheadMs),
    rollsBack: false,
    write: (_db, line) => void lines.push(line),
    lines: () => Promise.resolve([...lines]),
    age: (ms) => Promise.resolve(void (aheadMs += ms)),
  });
}

const aged = (table: string): string =>
  ['lease_until', 'keep_until', 'ended_at']
    .map((column) => `${column} = ${column} - ?`)
    .join()
    .replace(/^/, `UPDATE ${table} SET `);

export async function openSqlite(): Promise<TestedStore<DatabaseSync>> {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE lines (line TEXT)');
  const store = sqliteStore({ database });
  await migrate(store);
  return {
    store,
    rollsBack: true,
    write: (db, line) => void db.prepare('INSERT INTO lines VALUES (?)').run(line),
    lines: () =>
      Promise.resolve(
        database
          .prepare('SELECT line FROM lines ORDER BY rowid')
          .all()
          .map((row) => String(row['line'])),
      ),
    age: (ms) => Promise.resolve(void database.prepare(aged('seaworthy_jobs')).run(ms, ms, ms)),
  };
}

let opened = 0;

/** With tables of its own in a database that others use as well. */
export async function openPostgres(pool: Pool): Promise<TestedStore<PoolClient>> {
  opened += 1;
  const [table, lines] = [`jobs_${opened}`, `lines_${opened}`];
  await pool.query(`CREATE TABLE ${lines} (id bigint GENERATED ALWAYS AS IDENTITY, line text)`);
  const store = postgresStore({ pool, table });
  await migrate(store);
  return {
    store,
    rollsBack: true,
    write: async (client, line) => void (await client.query(`INSERT INTO ${lines} (line) VALUES ($1)`, [line])),
    async lines() {
      const { rows } = await pool.query<{ line: string }>(`SELECT line FROM ${lines} ORDER BY id`);
      return rows.map(({ line }) => line);
    },
    age: async (ms) => void (await pool.query(aged(table).replaceAll('?', '$1'), [ms])),
  };
}
