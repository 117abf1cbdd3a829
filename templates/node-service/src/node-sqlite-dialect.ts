import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

import { SqliteDialect, type SqliteDatabase } from 'kysely';

/** How long a statement waits for another writer; it blocks the event loop meanwhile. */
const busyTimeoutMs = 2_000;

// Kysely hands over what it was given as `unknown`; node:sqlite itself refuses what it cannot bind.
const bound = (parameters: readonly unknown[]) => parameters as SQLInputValue[];

/** Lets Kysely talk to node:sqlite: the only place where the two meet. */
export function nodeSqliteDialect(file: string): SqliteDialect {
  const connection = new DatabaseSync(file, { timeout: busyTimeoutMs });
  connection.exec('PRAGMA journal_mode = WAL');
  const database: SqliteDatabase = {
    close: () => connection.close(),
    prepare(sql) {
      const statement = connection.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...bound(parameters)),
        run: (parameters) => statement.run(...bound(parameters)),
        iterate: (parameters) => statement.iterate(...bound(parameters)),
      };
    },
  };
  return new SqliteDialect({ database });
}
