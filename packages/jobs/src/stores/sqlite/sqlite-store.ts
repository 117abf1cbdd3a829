import { WrongOptions } from '../../errors/wrong-options.ts';
import { decideClaim } from '../../ledger/decide-claim.ts';
import type { Advance, Hold, JobStore } from '../../ledger/job-store.ts';
import { hasMethods, isObject, isWhole, longestDelayMs } from '../../value-checks.ts';
import { EffectFailed } from '../effect-failed.ts';
import { ledgerStatements } from '../ledger-statements.ts';
import { readEnded, readLedgerRow, readNumber } from '../read-rows.ts';
import { defaultTable, readTable } from '../table-name.ts';
import { SqliteConnection, type SqliteDatabase } from './sqlite-transaction.ts';

/**
 * Options of `sqliteStore`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from 'node:sqlite';
 * import { migrate, sqliteStore, type SqliteStoreOptions } from '@seaworthy/jobs';
 *
 * const options: SqliteStoreOptions<DatabaseSync> = { database: new DatabaseSync(':memory:'), table: 'imports' };
 * await migrate(sqliteStore(options));
 * if (options.database.prepare('SELECT * FROM imports').all().length !== 0) throw new Error('no such table');
 * ```
 */
export interface SqliteStoreOptions<Database extends SqliteDatabase> {
  readonly database: Database;
  /** Always quoted. @default 'seaworthy_jobs' */
  readonly table?: string;
  /** How long a step waits for another transaction on this connection, and for other processes that write. @default 5000 */
  readonly busyTimeoutMs?: number;
}

const dialect = {
  now: `CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)`,
  // BEGIN IMMEDIATE has locked everything.
  lock: '',
  chosen: (condition: string) => `rowid IN (SELECT rowid ${condition})`,
};

function isDatabase(database: unknown): boolean {
  try {
    return (
      hasMethods(database, 'exec', 'prepare') && typeof Reflect.get(Object(database), 'isTransaction') === 'boolean'
    );
  } catch {
    // node:sqlite throws when it is asked while the database is closed.
    return false;
  }
}

function readOptions(options: SqliteStoreOptions<SqliteDatabase>) {
  const wrong = new WrongOptions('JOB_OPTIONS_INVALID', 'sqliteStore');
  wrong.demand(isObject(options), 'options', options, 'an object with database');
  wrong.throwAny();
  const { database, table = defaultTable, busyTimeoutMs = 5000 } = options;
  wrong.demand(isDatabase(database), 'database', database, 'an open DatabaseSync of node:sqlite');
  const names = readTable(table, wrong);
  const isTime = isWhole(busyTimeoutMs, 0, longestDelayMs);
  wrong.demand(isTime, 'busyTimeoutMs', busyTimeoutMs, `whole milliseconds from 0 to ${longestDelayMs}`);
  wrong.throwAny();
  return { names, busyTimeoutMs };
}

const parametersOf = ({ name, key, attempt, holder }: Hold) => [name, key, attempt, holder] as const;

/**
 * A ledger in SQLite. Effects get the `DatabaseSync` and have to be done when they return.
 *
 * A transaction is one turn of the event loop: nothing else on the connection ever lands in it. Open the file with `PRAGMA journal_mode = WAL`
 * where several processes use it. The clock is that of the machine, also when a worker's `Date` is wrong.
 *
 * @throws {JobError} `JOB_OPTIONS_INVALID`, with every option at fault.
 * @example
 * ```ts
 * import { DatabaseSync } from 'node:sqlite';
 * import { job, migrate, sqliteStore } from '@seaworthy/jobs';
 *
 * const database = new DatabaseSync(':memory:');
 * database.exec('CREATE TABLE orders (line INTEGER)');
 * const store = sqliteStore({ database });
 * await migrate(store);
 * const { rows } = await job({ name: 'import', key: 'orders.csv', input: null, store }, async ({ commit }) => {
 *   await commit((db) => Number(db.prepare('INSERT INTO orders VALUES (1)').run().lastInsertRowid), { rows: 1 });
 * });
 * if (rows !== 1) throw new Error('the row was not counted');
 * ```
 */
export function sqliteStore<Database extends SqliteDatabase>(
  options: SqliteStoreOptions<Database>,
): JobStore<Database> {
  const { names, busyTimeoutMs } = readOptions(options);
  const { database } = options;
  const sql = ledgerStatements(names, dialect);
  const connection = new SqliteConnection(database, names.table, busyTimeoutMs);

  function applied(effect: (db: Database) => Advance | Promise<Advance>): Advance {
    try {
      // `effects` is synchronous: whoever calls a store of that kind lets no promise through.
      return effect(database) as Advance;
    } catch (error) {
      throw new EffectFailed(error);
    }
  }

  return {
    effects: 'synchronous',
    migrate: () => connection.transaction(() => sql.create.forEach((create) => database.exec(create))),
    claim: (claim) =>
      connection.transaction(() => {
        const { name, key, inputHash, holder, leaseMs } = claim;
        const isNew = connection.run(sql.insert, name, key, inputHash, holder, leaseMs) > 0;
        const row = isNew ? undefined : connection.get(sql.select, name, key);
        const found = row === undefined ? undefined : readLedgerRow(row);
        const answer = decideClaim(found, claim, readNumber(row, 'now'));
        if (answer.kind !== 'claimed' || isNew) return answer;
        const { attempt, cursor, rowCount } = answer;
        connection.run(sql.take, inputHash, attempt, holder, leaseMs, cursor, rowCount, attempt, name, key);
        return answer;
      }),
    commit: (hold, effect) =>
      connection.transaction(() => {
        const row = connection.get(sql.hold, ...parametersOf(hold));
        if (row === undefined) return undefined;
        const { cursor, rows } = applied(effect);
        connection.run(sql.advance, cursor, rows, hold.leaseMs, hold.name, hold.key);
        return readNumber(row, 'row_count') + rows;
      }),
    finish: (hold, result, keepMs) =>
      connection.transaction(() => connection.run(sql.finish, result, keepMs, ...parametersOf(hold)) > 0),
    fail: (hold, error) => connection.transaction(() => void connection.run(sql.fail, error, ...parametersOf(hold))),
    prune: (limit) => connection.transaction(() => connection.run(sql.prune, limit)),
    endedSince: (sinceMs) =>
      connection.read(() => {
        const nowMs = readNumber(connection.get(sql.now), 'now');
        return { nowMs, ended: sinceMs === undefined ? [] : connection.all(sql.ended, sinceMs).map(readEnded) };
      }),
  };
}
