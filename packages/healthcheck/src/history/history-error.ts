/** The stable codes of a history: what failed, and what that left behind. */
export const historyErrorCodes = {
  HISTORY_OPTIONS_INVALID: ['an option of the history is wrong', 'No history was opened.'],
  HISTORY_ARGUMENT_INVALID: ['a value given to the history is wrong', 'Nothing was read or written.'],
  HISTORY_FILE_FAILED: ['the file of the history cannot be used', 'The service goes on without it.'],
  HISTORY_FILE_SET_ASIDE: [
    'the file of the history held something else',
    'It was kept under another name, and the minutes in it that can be read are still in the history.',
  ],
  HISTORY_TABLE_MISSING: ['the table of the history is not there', 'The service goes on without it.'],
  HISTORY_DATABASE_FAILED: ['the database of the history failed', 'The service goes on without it.'],
  HISTORY_ROWS_SKIPPED: ['the table of the history holds something else', 'Those rows were left out and left alone.'],
} as const;

/** One of the keys of {@link historyErrorCodes}. */
export type HistoryErrorCode = keyof typeof historyErrorCodes;

interface Facts {
  readonly got: string;
  readonly expected: string;
  readonly fix: string;
  /** Whether the same call can succeed later, and why. */
  readonly retry: readonly ['yes' | 'no', string];
  readonly owner: string;
}

/**
 * What went wrong with a history; the message is the text to print, without a stack.
 *
 * No message quotes a record or what a database said: that stands in `cause`.
 *
 * @example
 * ```ts
 * import { fileHistory, HistoryError } from '@seaworthy/healthcheck';
 *
 * let code = '';
 * try {
 *   fileHistory({ path: '' });
 * } catch (error) {
 *   if (error instanceof HistoryError) code = error.code;
 * }
 * if (code !== 'HISTORY_OPTIONS_INVALID') throw new Error('an empty path was accepted');
 * ```
 */
export class HistoryError extends Error {
  override readonly name = 'HistoryError';
  readonly code: HistoryErrorCode;
  readonly retryable: boolean;

  constructor(code: HistoryErrorCode, { got, expected, fix, retry, owner }: Facts, options?: ErrorOptions) {
    const [what, outcome] = historyErrorCodes[code];
    const lines = Object.entries({ code, got, expected, fix, retry: retry.join(': '), owner });
    super([`${what}. ${outcome}`, ...lines.map(([key, value]) => `   ${key.padEnd(9)} ${value}`)].join('\n'), options);
    this.code = code;
    this.retryable = retry[0] === 'yes';
  }
}

const caller = 'the code that opens the history';
const sameAgain = ['no', 'the same value fails again'] as const;

/** A value and its type, never more than a line of it. */
function quoted(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === 'string') return `${JSON.stringify(value.slice(0, 80))} (string)`;
  if (typeof value === 'number' || typeof value === 'boolean') return `${value} (${typeof value})`;
  return Array.isArray(value) ? 'a value (array)' : `a value (${typeof value})`;
}

export function wrongOption(option: string, value: unknown, expected: string): HistoryError {
  const facts = { got: `${option}: ${quoted(value)}`, expected, fix: `pass such a value as ${option}` };
  return new HistoryError('HISTORY_OPTIONS_INVALID', { ...facts, retry: sameAgain, owner: caller });
}

export function wrongArgument(name: string, value: unknown, expected: string): HistoryError {
  const facts = { got: `${name}: ${quoted(value)}`, expected, fix: `pass such a value as ${name}` };
  return new HistoryError('HISTORY_ARGUMENT_INVALID', { ...facts, retry: sameAgain, owner: 'the code that calls it' });
}

const codeOf = (cause: unknown): string => {
  const code: unknown = Reflect.get(Object(cause), 'code');
  return typeof code === 'string' ? code : cause instanceof Error ? cause.name : typeof cause;
};

export function fileFailed(file: string, cause: unknown): HistoryError {
  const facts = {
    got: `${cause instanceof UnusableFile ? cause.message : codeOf(cause)} at ${file}`,
    expected: 'a regular file, or none yet, in a folder where this process may create and rename files, and free space',
    fix: 'make the folder writable for the user of the process, free space, or name another path',
    retry: ['yes', 'the same call works as soon as that is mended'],
    owner: 'whoever runs the service',
  } as const;
  return new HistoryError('HISTORY_FILE_FAILED', facts, { cause });
}

/** Why a file cannot be used when no system call failed. */
export class UnusableFile extends Error {
  override readonly name = 'UnusableFile';
}

export function fileSetAside(file: string, aside: string, why: string, kept: number): HistoryError {
  return new HistoryError('HISTORY_FILE_SET_ASIDE', {
    got: `${file}: ${why}; now ${aside}`,
    expected: `one minute record a line; ${kept} of them were kept`,
    fix: 'give the history a path of its own; delete the file that was set aside when nobody needs it',
    retry: ['no', 'nothing is left to do: the history goes on'],
    owner: 'whoever runs the service',
  });
}

export function tableMissing(table: string, cause: unknown): HistoryError {
  const facts = {
    got: `no table ${table}`,
    expected: 'the table that migrate() creates',
    fix: 'call migrate() once, where the migrations of the service run, with the right to create tables',
    retry: ['yes', 'as soon as the table is there'],
    owner: 'whoever deploys the service',
  } as const;
  return new HistoryError('HISTORY_TABLE_MISSING', facts, { cause });
}

// Classes of SQLSTATE that no time heals: authorization, names, syntax and rights, wrong data.
const lastingClasses = ['22', '23', '28', '3D', '3F', '42'];

const sameQuery = ['no', 'the same query fails again'] as const;
const whenItAnswers = ['yes', 'when the database answers again'] as const;

export function databaseFailed(table: string, cause: unknown): HistoryError {
  const code = codeOf(cause);
  const lasting = code.length === 5 && lastingClasses.includes(code.slice(0, 2));
  const facts = {
    got: `${code} for the table ${table}`,
    expected: 'a database that answers, and the right to read, insert and delete in the table',
    fix: 'look the code up, and read the cause of this error; it is not printed, since it may name the address',
    retry: lasting ? sameQuery : whenItAnswers,
    owner: 'whoever runs the database',
  };
  return new HistoryError('HISTORY_DATABASE_FAILED', facts, { cause });
}

export function rowsSkipped(table: string, count: number): HistoryError {
  return new HistoryError('HISTORY_ROWS_SKIPPED', {
    got: `${count} rows of the table ${table} that are no minute record`,
    expected: 'rows that this package wrote',
    fix: 'give the history a table of its own, or delete those rows',
    retry: ['no', 'the same rows are left out again'],
    owner: 'whoever runs the database',
  });
}
