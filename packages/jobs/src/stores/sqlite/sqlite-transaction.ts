import { setTimeout as delay } from 'node:timers/promises';

import { connectionBusy, transactionEnded } from '../../errors/job-errors.ts';
import { isBusy, sqliteFailure } from './sqlite-failure.ts';

type Value = string | number | null;

/**
 * What `sqliteStore` needs of a connection: a `DatabaseSync` of node:sqlite is one.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from 'node:sqlite';
 * import { migrate, type SqliteDatabase, sqliteStore } from '@seaworthy/jobs';
 *
 * const database: SqliteDatabase = new DatabaseSync(':memory:');
 * await migrate(sqliteStore({ database }));
 * if (database.isTransaction) throw new Error('a transaction was left open');
 * ```
 */
export interface SqliteDatabase {
  readonly isTransaction: boolean;
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
}

/** A prepared statement of {@link SqliteDatabase}. */
export interface SqliteStatement {
  get(...values: Value[]): unknown;
  all(...values: Value[]): unknown[];
  run(...values: Value[]): { readonly changes: number | bigint };
}

/** Statements on one connection, each transaction within one turn of the event loop. */
export class SqliteConnection {
  readonly #database: SqliteDatabase;
  readonly #table: string;
  readonly #busyTimeoutMs: number;
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(database: SqliteDatabase, table: string, busyTimeoutMs: number) {
    this.#database = database;
    this.#table = table;
    this.#busyTimeoutMs = busyTimeoutMs;
  }

  get(sql: string, ...values: Value[]): unknown {
    return this.#prepared(sql).get(...values);
  }

  all(sql: string, ...values: Value[]): unknown[] {
    return this.#prepared(sql).all(...values);
  }

  /** The number of rows that were changed. */
  run(sql: string, ...values: Value[]): number {
    return Number(this.#prepared(sql).run(...values).changes);
  }

  /**
   * Runs work in a transaction of its own, once no other one is open on this connection and no other process writes.
   *
   * @throws {JobError} and what an effect threw, in both cases rolled back.
   */
  async transaction<T>(work: () => T): Promise<T> {
    const begunAtMs = performance.now();
    while (!this.#begin(performance.now() - begunAtMs)) {
      // Not the driver's own waiting, which would stop everything else in this process; drawn, so that many do not meet again.
      // oxlint-disable-next-line no-await-in-loop -- one try after the other
      await delay(1 + Math.random() * 9);
    }
    return this.#complete(work);
  }

  /** Reads without a transaction, so that a service which looks often never holds up a writer. */
  read<T>(work: () => T): Promise<T> {
    return Promise.resolve()
      .then(work)
      .catch((error: unknown) => {
        throw this.#failure(error);
      });
  }

  /** False while another transaction is open here, or another process writes; once that has taken too long it throws. */
  #begin(waitedMs: number): boolean {
    const isLast = waitedMs >= this.#busyTimeoutMs;
    try {
      if (!this.#database.isTransaction) {
        this.#database.exec('BEGIN IMMEDIATE');
        return true;
      }
      if (isLast) throw connectionBusy(this.#table, Math.round(waitedMs));
    } catch (error) {
      if (isLast || !isBusy(error)) throw this.#failure(error);
    }
    return false;
  }

  #complete<T>(work: () => T): T {
    try {
      const value = work();
      if (!this.#database.isTransaction) throw transactionEnded(this.#table);
      this.#database.exec('COMMIT');
      return value;
    } catch (error) {
      this.#rollBack();
      throw this.#failure(error);
    }
  }

  #failure(error: unknown): unknown {
    // Of a connection that was closed and opened again they are of no use.
    this.#statements.clear();
    return sqliteFailure(this.#table, error);
  }

  #rollBack(): void {
    try {
      // A full disk, for one, has rolled back already.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    } catch {
      // The error before it says more.
    }
  }

  #prepared(sql: string): SqliteStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const prepared = this.#database.prepare(sql);
    this.#statements.set(sql, prepared);
    return prepared;
  }
}
