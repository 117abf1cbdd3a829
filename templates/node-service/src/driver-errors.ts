/** True for an error of node:sqlite. */
export function isSqliteError(error: unknown): error is Error & { errcode: number } {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
}

/** True for what PostgreSQL itself says to a statement, with its SQLSTATE. */
export function isPostgresError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string';
}

/** True for an error of a call of the operating system, such as a file that is not there. */
export function isFileSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}

/** The connection failed, or nobody answered on it in time: not even the database has seen the statement, or it hangs there. */
export class DatabaseUnavailable extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'DatabaseUnavailable';
  }
}

/** True for everything that a database or the way to it fails with. */
export function isDatabaseError(error: unknown): error is Error {
  return isSqliteError(error) || isPostgresError(error) || error instanceof DatabaseUnavailable;
}

/** What a database said, without an address: what the driver says of a lost connection names the host. */
export function databaseMessage(error: unknown): string {
  return isSqliteError(error) || isPostgresError(error)
    ? error.message
    : 'the connection to the database failed, or gave no answer in time';
}

/** What PostgreSQL itself said, as it is; everything else means that nobody answered. */
export function throwPostgresFailure(error: unknown): never {
  throw isPostgresError(error) ? error : new DatabaseUnavailable(error);
}

/** SQLSTATE of a lock that was not to be had within lock_timeout. */
export const lockNotAvailable = '55P03';

// busy, locked, read-only, input/output, full, cannot open: the low byte of SQLite's result code.
const unavailableCodes = new Set([5, 6, 8, 10, 13, 14]);
// Connection, rolled back for others, resources such as a full disk, shut down or cancelled, system.
const unavailableClasses = new Set(['08', '40', '53', '57', '58']);
// Read-only for now, and transactions that the server ended because nothing came.
const unavailableStates = new Set(['25006', '25P03', '25P04', lockNotAvailable]);

/** True for an error that says nothing about the request: the same one may be answered later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (isSqliteError(error)) return unavailableCodes.has(error.errcode & 0xff);
  if (isPostgresError(error))
    return unavailableClasses.has(error.code.slice(0, 2)) || unavailableStates.has(error.code);
  return error instanceof DatabaseUnavailable;
}
