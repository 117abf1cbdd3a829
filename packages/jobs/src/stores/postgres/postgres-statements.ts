import { ledgerStatements, type LedgerStatements } from '../ledger-statements.ts';
import type { TableNames } from '../table-name.ts';

const dialect = {
  now: '(extract(epoch from clock_timestamp()) * 1000)::bigint',
  lock: ' FOR UPDATE',
  // An array is read once; a plain IN may be read again for each row, with other rows each time.
  chosen: (condition: string) => `ctid = ANY(ARRAY(SELECT ctid ${condition} FOR UPDATE SKIP LOCKED))`,
};

/** A worker that was stopped in the middle of an effect must not hold the row for longer than its lease; a shorter limit stays. */
const limitIdle = `set_config('idle_in_transaction_session_timeout', least(
  nullif(extract(epoch from current_setting('idle_in_transaction_session_timeout')::interval) * 1000, 0),
  CAST(? AS BIGINT))::bigint::text, true)`;

/** `$1`, `$2`, … for each `?` that is not part of a quoted name. */
const numbered = (sql: string): string => {
  let count = 0;
  return sql.replaceAll(/"[^"]*"|\?/g, (found) => (found === '?' ? `$${(count += 1)}` : found));
};

export function postgresStatements(names: TableNames): LedgerStatements {
  const sql = ledgerStatements(names, dialect);
  const holding = `SELECT row_count, txid_current()::text AS transaction, ${limitIdle}`;
  return {
    ...sql,
    insert: numbered(sql.insert),
    select: numbered(sql.select),
    take: numbered(sql.take),
    // lease in ms in front
    hold: numbered(sql.hold.replace('SELECT row_count', () => holding)),
    // the transaction behind
    advance: numbered(`${sql.advance} AND txid_current()::text = ?`),
    finish: numbered(sql.finish),
    fail: numbered(sql.fail),
    prune: numbered(sql.prune),
    ended: numbered(sql.ended),
  };
}
