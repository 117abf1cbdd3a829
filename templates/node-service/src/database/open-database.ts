import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

import { postgresStore, sqliteStore, type JobStore } from '@seaworthy/jobs';
import { Kysely, PostgresDialect, sql, type LogEvent } from 'kysely';

import { errorFields, type Log } from '../log.ts';
import { refusePending } from '../migrations/apply-migrations.ts';
import { postgresMigrations } from '../migrations/postgres-migrations.ts';
import { readMigrations } from '../migrations/read-migrations.ts';
import { sqliteMigrations } from '../migrations/sqlite-migrations.ts';

import { isSqlite } from './is-sqlite.ts';
import { kyselyPool } from './kysely-pool.ts';
import { nodeSqliteDialect } from './node-sqlite-dialect.ts';
import { openDatabaseFile } from './open-database-file.ts';
import { openPool, withFirstConnection, type DatabaseSettings } from './open-pool.ts';
import type { Database } from './tables.ts';

/** The database that answers requests. */
export interface OpenDatabase {
  readonly database: Database;
  /** What imports and scheduled jobs have done in other processes. */
  readonly ledger: JobStore<unknown>;
  /** What a later release has applied. */
  readonly newerMigrations: readonly number[];
  readonly close: () => Promise<void>;
}

const closeTimeoutMs = 1_000;

interface Listeners {
  /** Called once for each statement, when it has ended. */
  readonly onStatement: (event: LogEvent) => void;
  readonly log: Pick<Log, 'warn'>;
}

/**
 * Opens what DATABASE_URL names.
 *
 * @throws {CommandError} when it cannot be used, or a migration is pending.
 */
export function openDatabase(settings: DatabaseSettings, listeners: Listeners): Promise<OpenDatabase> {
  return isSqlite(settings.service.databaseUrl) ? openSqlite(settings, listeners) : openPostgres(settings, listeners);
}

async function openSqlite({ service }: DatabaseSettings, { onStatement }: Listeners): Promise<OpenDatabase> {
  const connection = openDatabaseFile(service.databaseUrl);
  const newerMigrations = await closingOnFailure(connection, () =>
    refusePending(sqliteMigrations(connection), readMigrations('sqlite')),
  );
  const watching = openDatabaseFile(service.databaseUrl);
  // From here on the ledger waits for other writers, between turns of the event loop, which answers requests meanwhile.
  watching.exec('PRAGMA busy_timeout = 0');
  const database: Database = new Kysely({ dialect: nodeSqliteDialect(connection), log: onStatement });
  // Kysely closes only what it has used.
  await sql`SELECT 1`.execute(database);
  return {
    database,
    ledger: sqliteStore({ database: watching }),
    newerMigrations,
    async close() {
      watching.close();
      await database.destroy();
    },
  };
}

async function closingOnFailure<T>(connection: DatabaseSync, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function openPostgres(settings: DatabaseSettings, { onStatement, log }: Listeners): Promise<OpenDatabase> {
  const pool = await openPool(settings, (error) =>
    log.warn({ error: errorFields(error) }, 'a database connection was lost'),
  );
  const newerMigrations = await withFirstConnection(pool, settings, (client) =>
    refusePending(postgresMigrations(client), readMigrations('postgres')),
  );
  const database: Database = new Kysely({ dialect: new PostgresDialect({ pool: kyselyPool(pool) }), log: onStatement });
  await sql`SELECT 1`.execute(database);
  return {
    database,
    ledger: postgresStore({ pool }),
    newerMigrations,
    // A connection that hangs ends with the process.
    close: () => Promise.race([database.destroy(), delay(closeTimeoutMs)]),
  };
}
