import type { LedgerRow } from '../ledger/decide-claim.ts';
import type { Ended } from '../ledger/job-store.ts';

// PostgreSQL gives a bigint as text, and SQLite may be told to give one for every number.

const field = (row: unknown, name: string): unknown => Reflect.get(Object(row), name);
const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const text = (row: unknown, name: string): string => textOrNull(field(row, name)) ?? '';

export const readNumber = (row: unknown, name: string): number => Number(field(row, name));

/** A row of the statement `select`. */
export function readLedgerRow(row: unknown): LedgerRow {
  const keepUntil = field(row, 'keep_until');
  return {
    inputHash: text(row, 'input_hash'),
    state: text(row, 'state'),
    attempt: readNumber(row, 'attempt'),
    holder: text(row, 'holder'),
    leaseUntilMs: readNumber(row, 'lease_until'),
    cursor: textOrNull(field(row, 'cursor')),
    rowCount: readNumber(row, 'row_count'),
    result: textOrNull(field(row, 'result')),
    keepUntilMs: keepUntil === null ? null : Number(keepUntil),
  };
}

/** A row of the statement `ended`. */
export function readEnded(row: unknown): Ended {
  return {
    name: text(row, 'name'),
    key: text(row, 'key'),
    state: text(row, 'state') === 'finished' ? 'finished' : 'failed',
    attempt: readNumber(row, 'attempt'),
    endedAtMs: readNumber(row, 'ended_at'),
  };
}
