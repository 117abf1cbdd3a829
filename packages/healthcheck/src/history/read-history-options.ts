import path from 'node:path';

import { wrongValue, WrongValues } from '../errors/wrong-values.ts';
import { hasMethods, isObject, isOptionalFunction, isWhole } from '../value-checks.ts';
import type { FileHistoryOptions } from './file-history.ts';
import type { PostgresHistoryOptions } from './postgres-history.ts';
import { type OnHistoryProblem, problemReporter } from './report-problem.ts';

const longestMinutes = 1_000_000;
const oneDay = 1440;

interface ReadOptions {
  readonly maxMinutes: number;
  readonly onProblem: OnHistoryProblem;
}

export function readFileOptions(options: FileHistoryOptions): ReadOptions & { readonly file: string } {
  const wrong = demandOptions(options, 'an object with path');
  const { path: name } = options;
  const isPath = typeof name === 'string' && name !== '' && !name.includes('\0');
  wrong.demand(isPath, 'path', name, 'text that is not empty');
  const read = readCommon(options, wrong);
  // A later change of the working directory must not move the history.
  return { ...read, file: path.resolve(name) };
}

/** `table` is quoted, ready to stand in a statement. */
export function readPostgresOptions(options: PostgresHistoryOptions): ReadOptions & { readonly table: string } {
  const wrong = demandOptions(options, 'an object with pool');
  const { pool, table = 'health_minutes' } = options;
  wrong.demand(hasMethods(pool, 'query'), 'pool', pool, 'an object with query(text, values)');
  const parts: unknown[] = typeof table === 'string' ? [table] : Array.isArray(table) ? [...(table as unknown[])] : [];
  const isTable = parts.length === (typeof table === 'string' ? 1 : 2) && parts.every(isIdentifier);
  wrong.demand(isTable, 'table', table, 'a name of 1 to 63 bytes, or [schema, name]');
  const read = readCommon(options, wrong);
  return { ...read, table: parts.map((part) => `"${String(part).replaceAll('"', '""')}"`).join('.') };
}

function demandOptions(options: unknown, expected: string): WrongValues {
  const wrong = new WrongValues('HISTORY_OPTIONS_INVALID');
  wrong.demand(isObject(options), 'options', options, expected);
  wrong.throwAny();
  return wrong;
}

/** The last of the options: with them, everything that is wrong is known. */
function readCommon({ maxMinutes = oneDay, onProblem }: Partial<FileHistoryOptions>, wrong: WrongValues): ReadOptions {
  const minutes = `whole minutes from 1 to ${longestMinutes}`;
  wrong.demand(isWhole(maxMinutes, 1, longestMinutes), 'maxMinutes', maxMinutes, minutes);
  wrong.demand(isOptionalFunction(onProblem), 'onProblem', onProblem, 'a function, or nothing');
  wrong.throwAny();
  return { maxMinutes, onProblem: problemReporter(onProblem) };
}

/** PostgreSQL cuts a longer name off without a word: two tables would be one. */
const isIdentifier = (part: unknown): boolean =>
  typeof part === 'string' && part !== '' && Buffer.byteLength(part) <= 63 && !part.includes('\0');

/** Not an option but what a call is given. */
export function readMinute(name: string, value: number): number {
  if (!Number.isSafeInteger(value))
    throw wrongValue('HISTORY_ARGUMENT_INVALID', name, value, 'whole minutes since 1970');
  return value;
}
