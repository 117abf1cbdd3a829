import type { JobStore } from '@seaworthy/jobs';

import type { Outcome } from '../order-store.ts';
import type { NewOrder } from '../order.ts';

import { openBackgroundPostgres } from './background-postgres.ts';
import { openBackgroundSqlite } from './background-sqlite.ts';
import { isSqlite } from './is-sqlite.ts';
import type { DatabaseSettings } from './open-pool.ts';

/** SQLite is done when it returns; PostgreSQL is not. */
export type MaybeLater<T> = T | Promise<T>;

export interface OrderCount {
  readonly orders: number;
  readonly quantity: number;
}

/**
 * The database as imports and scheduled jobs use it. What takes a connection is called within a commit of a job, with the
 * connection that the commit gives: it is one transaction with the ledger.
 */
export interface BackgroundDatabase<Connection> {
  readonly ledger: JobStore<Connection>;
  /** Stores each order once for each order number, in their order. */
  storeOrders(connection: Connection, orders: readonly NewOrder[]): MaybeLater<readonly Outcome[]>;
  /** The orders created from one moment up to another. */
  countOrders(from: string, until: string): Promise<OrderCount>;
  storeSummary(connection: Connection, day: string, count: OrderCount): MaybeLater<{ readonly day: string }>;
  close(): Promise<void>;
}

/**
 * Opens what DATABASE_URL names for a command, and closes it after use.
 *
 * @throws {CommandError} when it cannot be used, or a migration is pending.
 */
export async function withBackgroundDatabase<T>(
  settings: DatabaseSettings,
  use: <Connection>(database: BackgroundDatabase<Connection>) => Promise<T>,
): Promise<T> {
  return isSqlite(settings.service.databaseUrl)
    ? closed(await openBackgroundSqlite(settings), use)
    : closed(await openBackgroundPostgres(settings), use);
}

async function closed<Connection, T>(
  database: BackgroundDatabase<Connection>,
  use: (database: BackgroundDatabase<Connection>) => Promise<T>,
): Promise<T> {
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}
