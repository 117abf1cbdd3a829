import { JobError } from '../../errors/job-error.ts';
import { storeFailed, tableMissing } from '../../errors/job-errors.ts';
import { EffectFailed } from '../effect-failed.ts';

/** Primary result codes that pass, or that somebody can mend while the cursor waits. */
const healing: Readonly<Record<number, string>> = {
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  7: 'SQLITE_NOMEM',
  10: 'SQLITE_IOERR',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  15: 'SQLITE_PROTOCOL',
};

/** The primary result code behind an error of node:sqlite. */
function resultCodeOf(error: unknown): number | undefined {
  const code: unknown = Reflect.get(Object(error), 'errcode');
  return typeof code === 'number' ? code & 0xff : undefined;
}

export const isBusy = (error: unknown): boolean => resultCodeOf(error) === 5;

/** What to throw for what a transaction threw. */
export function sqliteFailure(table: string, thrown: unknown): unknown {
  const error = thrown instanceof EffectFailed ? thrown.thrown : thrown;
  if (error instanceof JobError) return error;
  const healingCode = healing[resultCodeOf(error) ?? 0];
  if (healingCode !== undefined) return storeFailed(table, error, { got: healingCode, canHeal: true });
  if (thrown instanceof EffectFailed) return error;
  if (error instanceof Error && error.message.startsWith('no such table')) return tableMissing(table, error);
  return storeFailed(table, error, { canHeal: false });
}
