import { codeOf, HealthError } from './health-error.ts';

/** Why a file cannot be used when no system call failed. */
export class UnusableFile extends Error {
  override readonly name = 'UnusableFile';
}

export function fileFailed(file: string, cause: unknown): HealthError {
  const problem = {
    name: file,
    got: cause instanceof UnusableFile ? cause.message : codeOf(cause),
    expected: 'a regular file, or none yet, in a folder where this process may create and rename files, and free space',
    fix: 'make the folder writable for the user of the process, free space, or name another path',
    retryable: true,
    retry: 'the same call works as soon as that is mended',
    owner: 'whoever runs the service',
  };
  return new HealthError('HISTORY_FILE_FAILED', [problem], { cause });
}

export function fileSetAside(file: string, aside: string, why: string, kept: number): HealthError {
  const problem = {
    name: file,
    got: `${why}; now ${aside}`,
    expected: `one minute record a line; ${kept} of them were kept`,
    fix: 'give the history a path of its own; delete the file that was set aside when nobody needs it',
    retryable: false,
    retry: 'nothing is left to do: the history goes on',
    owner: 'whoever runs the service',
  };
  return new HealthError('HISTORY_FILE_SET_ASIDE', [problem]);
}

export function tableMissing(table: string, cause: unknown): HealthError {
  const problem = {
    name: table,
    got: 'no such table',
    expected: 'the table that migrate() creates',
    fix: 'call migrate() once, where the migrations of the service run, with the right to create tables',
    retryable: true,
    retry: 'as soon as the table is there',
    owner: 'whoever deploys the service',
  };
  return new HealthError('HISTORY_TABLE_MISSING', [problem], { cause });
}

// Classes of SQLSTATE that no time heals: authorization, names, syntax and rights, wrong data.
const lastingClasses = ['22', '23', '28', '3D', '3F', '42'];

export function databaseFailed(table: string, cause: unknown): HealthError {
  const code = codeOf(cause);
  const lasting = code.length === 5 && lastingClasses.includes(code.slice(0, 2));
  const problem = {
    name: table,
    got: code,
    expected: 'a database that answers, and the right to read, insert and delete in the table',
    fix: 'look the code up, and read the cause of this error; it is not printed, since it may name the address',
    retryable: !lasting,
    retry: lasting ? 'the same query fails again' : 'when the database answers again',
    owner: 'whoever runs the database',
  };
  return new HealthError('HISTORY_DATABASE_FAILED', [problem], { cause });
}

export function rowsSkipped(table: string, count: number): HealthError {
  const problem = {
    name: table,
    got: `${count} rows that are no minute record`,
    expected: 'rows that this package wrote',
    fix: 'give the history a table of its own, or delete those rows',
    retryable: false,
    retry: 'the same rows are left out again',
    owner: 'whoever runs the database',
  };
  return new HealthError('HISTORY_ROWS_SKIPPED', [problem]);
}

const slow = {
  fix: 'look at the disk or the database of the history, and give its driver a time-out below a minute',
  retryable: true,
  retry: 'the service asks again by itself as soon as the call before has ended',
  owner: 'whoever runs the service',
};

export function readSlow(): HealthError {
  const problem = { name: 'history.read', got: 'no answer yet', expected: 'an answer within a minute', ...slow };
  return new HealthError('HISTORY_READ_SLOW', [problem]);
}

export function appendSlow(minutes: number): HealthError {
  const got = `no answer for ${minutes} minutes`;
  const problem = { name: 'history.append', got, expected: 'an answer within a minute', ...slow };
  return new HealthError('HISTORY_APPEND_SLOW', [problem]);
}
