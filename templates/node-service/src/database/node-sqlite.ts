import type * as NodeSqlite from 'node:sqlite';

/**
 * Loads Node's own SQLite.
 *
 * Node 22 says on standard error of each process that it is experimental; at night that reads like the cause of
 * whatever else is wrong. It is held back here, and no other warning is.
 */
export function nodeSqlite(): typeof NodeSqlite {
  // oxlint-disable-next-line typescript/unbound-method -- it is put back as it was
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
