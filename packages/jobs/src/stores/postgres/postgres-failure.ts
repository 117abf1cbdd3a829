import { JobError } from '../../errors/job-error.ts';
import { storeFailed, tableMissing } from '../../errors/job-errors.ts';
import { EffectFailed } from '../effect-failed.ts';

export const sqlStateOf = (error: unknown): string => {
  const code: unknown = Reflect.get(Object(error), 'code');
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : '';
};

/** Classes of SQLSTATE that pass: connection, rolled back, resources such as a full disk, shut down or cancelled, system. */
const healingClasses = ['08', '40', '53', '57', '58'];
/** A database that is read-only for now, a transaction that the server ended since nothing came, a lock that was not to be had. */
const healingStates = ['25006', '25P03', '25P04', '55006', '55P03'];

/** What to throw for what a transaction threw; `isLost`: the connection answers no longer. */
export function postgresFailure(table: string, thrown: unknown, isLost: boolean): unknown {
  const error = thrown instanceof EffectFailed ? thrown.thrown : thrown;
  if (error instanceof JobError) return error;
  const state = sqlStateOf(error);
  if (isLost || healingClasses.includes(state.slice(0, 2)) || healingStates.includes(state))
    return storeFailed(table, error, { canHeal: true });
  if (thrown instanceof EffectFailed) return error;
  if (state === '42P01') return tableMissing(table, error);
  return storeFailed(table, error, { canHeal: false });
}
