/** True for an error of node:sqlite. */
export function isSqliteError(error: unknown): error is Error & { errcode: number } {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
}

/** True for an error of a call of the operating system, such as a file that is not there. */
export function isFileSystemError(error: unknown): error is Error & { syscall: unknown } {
  return error instanceof Error && 'syscall' in error;
}

// busy, locked, read-only, input/output, full, cannot open: the low byte of SQLite's result code.
const unavailableCodes = new Set([5, 6, 8, 10, 13, 14]);

/** True for an error that says nothing about the request: the same one may be answered later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return isSqliteError(error) && unavailableCodes.has(error.errcode & 0xff);
}
