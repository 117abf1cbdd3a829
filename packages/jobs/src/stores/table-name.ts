import type { WrongOptions } from '../errors/wrong-options.ts';
import { isPlainText } from '../value-checks.ts';

export const defaultTable = 'seaworthy_jobs';

/** With `_prune` behind it, still below the 63 bytes after which PostgreSQL cuts a name off without a word. */
const mostBytes = 50;

const isName = (part: unknown): part is string => isPlainText(part, mostBytes);
const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The names of the ledger's table and indexes, quoted, ready to stand in a statement. */
export interface TableNames {
  readonly table: string;
  readonly pruneIndex: string;
  readonly endedIndex: string;
}

function namesOf(table: string, schema?: string): TableNames {
  return {
    table: schema === undefined ? quote(table) : `${quote(schema)}.${quote(table)}`,
    pruneIndex: quote(`${table}_prune`),
    endedIndex: quote(`${table}_ended`),
  };
}

export function readTable(table: unknown, wrong: WrongOptions): TableNames {
  wrong.demand(isName(table), 'table', table, `a name of 1 to ${mostBytes} bytes`);
  return namesOf(String(table));
}

/** For a database with schemas. */
export function readTableInSchema(table: unknown, wrong: WrongOptions): TableNames {
  if (!Array.isArray(table)) return readTable(table, wrong);
  const isPair = table.length === 2 && table.every(isName);
  wrong.demand(isPair, 'table', table, `a name of 1 to ${mostBytes} bytes, or [schema, name]`);
  return namesOf(String(table[1]), String(table[0]));
}
