import type { TableNames } from './table-name.ts';

/** Where two databases differ. */
export interface Dialect {
  /** Milliseconds since 1970 by the clock of the database. */
  readonly now: string;
  /** Behind a SELECT: keeps the row for this transaction. */
  readonly lock: string;
  /** The condition of a DELETE, from a SELECT that ends in LIMIT. */
  readonly chosen: (condition: string) => string;
}

/** The statements of the ledger, with `?` for each parameter in the order in which they are named above it. */
export interface LedgerStatements {
  readonly create: readonly string[];
  readonly insert: string;
  readonly select: string;
  readonly take: string;
  readonly hold: string;
  readonly advance: string;
  readonly finish: string;
  readonly fail: string;
  readonly prune: string;
  readonly now: string;
  readonly ended: string;
}

const columns = `
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  input_hash TEXT NOT NULL,
  state TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  holder TEXT NOT NULL,
  lease_until BIGINT NOT NULL,
  cursor TEXT,
  row_count BIGINT NOT NULL DEFAULT 0,
  result TEXT,
  error TEXT,
  started_at BIGINT,
  ended_at BIGINT,
  keep_until BIGINT,
  PRIMARY KEY (name, key)`;

export function ledgerStatements(names: TableNames, { now, lock, chosen }: Dialect): LedgerStatements {
  const { table, pruneIndex, endedIndex } = names;
  // name, key
  const isWork = 'name = ? AND key = ?';
  // name, key, attempt, holder
  const isHeld = `${isWork} AND state = 'running' AND attempt = ? AND holder = ?`;
  const later = `${now} + CAST(? AS BIGINT)`;
  return {
    create: [
      `CREATE TABLE IF NOT EXISTS ${table} (${columns})`,
      `CREATE INDEX IF NOT EXISTS ${pruneIndex} ON ${table} (state, keep_until)`,
      `CREATE INDEX IF NOT EXISTS ${endedIndex} ON ${table} (ended_at)`,
    ],
    // name, key, input hash, holder, lease in ms
    insert: `INSERT INTO ${table} (name, key, input_hash, state, attempt, holder, lease_until, started_at)
      VALUES (?, ?, ?, 'running', 1, ?, ${later}, ${now}) ON CONFLICT (name, key) DO NOTHING`,
    // name, key
    select: `SELECT input_hash, state, attempt, holder, lease_until, cursor, row_count, result, keep_until, ${now} AS now
      FROM ${table} WHERE ${isWork}${lock}`,
    // input hash, attempt, holder, lease in ms, cursor, row count, attempt, name, key
    take: `UPDATE ${table} SET input_hash = ?, state = 'running', attempt = ?, holder = ?, lease_until = ${later}, cursor = ?,
      row_count = ?, error = CASE WHEN CAST(? AS INTEGER) = 1 THEN NULL ELSE error END, result = NULL, started_at = ${now},
      ended_at = NULL, keep_until = NULL WHERE ${isWork}`,
    // name, key, attempt, holder
    hold: `SELECT row_count FROM ${table} WHERE ${isHeld} AND lease_until > ${now}${lock}`,
    // cursor, rows, lease in ms, name, key
    advance: `UPDATE ${table} SET cursor = ?, row_count = row_count + CAST(? AS BIGINT), lease_until = ${later} WHERE ${isWork}`,
    // result, keep in ms, name, key, attempt, holder
    finish: `UPDATE ${table} SET state = 'finished', result = ?, error = NULL, ended_at = ${now}, lease_until = ${now},
      keep_until = ${later} WHERE ${isHeld} AND lease_until > ${now}`,
    // error, name, key, attempt, holder
    fail: `UPDATE ${table} SET state = 'failed', error = ?, ended_at = ${now}, lease_until = ${now} WHERE ${isHeld}`,
    // limit; the time in a SELECT of its own, so that the index is used
    prune: `DELETE FROM ${table} WHERE ${chosen(`FROM ${table} WHERE state = 'finished' AND keep_until <= (SELECT ${now}) LIMIT ?`)}`,
    now: `SELECT ${now} AS now`,
    // milliseconds since 1970
    ended: `SELECT name, key, state, attempt, ended_at FROM ${table} WHERE ended_at >= ? ORDER BY ended_at`,
  };
}
