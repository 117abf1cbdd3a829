import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

import { SqliteDialect, type SqliteDatabase } from 'kysely';

// Kysely hands over what it was given as `unknown`; node:sqlite itself refuses what it cannot bind.
const bound = (parameters: readonly unknown[]) => parameters as SQLInputValue[];

/** Lets Kysely talk to node:sqlite: the only place where the two meet. */
export function nodeSqliteDialect(connection: DatabaseSync): SqliteDialect {
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
