// What can go wrong with an import, said in the layout of every command.
import type { JobError } from '@seaworthy/jobs';

import { CommandError, exitTryAgain, exitUsage, type Facts } from './command-error.ts';

const sameFile = 'yes: the same file goes on after the last batch that is stored';

function importError(what: string, facts: Facts, exitCode?: number): CommandError {
  return new CommandError(`ImportError: ${what}. Nothing was imported.`, facts, exitCode);
}

/** An import that is to be run again. */
function brokenOff(what: string, facts: Facts): CommandError {
  return new CommandError(`ImportError: ${what}. The batches before it are stored.`, facts);
}

export function importFileMissing(): CommandError {
  const facts = {
    code: 'IMPORT_FILE_MISSING_ARGUMENT',
    got: 'nothing',
    expected: 'the path of a CSV file',
    fix: 'make import FILE=orders.csv',
    retry: 'no: name a file first',
  };
  return importError('no file was named', facts, exitUsage);
}

export function importFileUnreadable(got: string): CommandError {
  return importError('the file cannot be read', {
    code: 'IMPORT_FILE_UNREADABLE',
    got,
    expected: 'a readable CSV file in UTF-8, not a pipe',
    fix: 'check the path and who may read it',
    retry: 'yes: once the file can be read; rows already stored are not stored twice',
  });
}

export function importHeaderWrong(expected: string): CommandError {
  return importError('the first line is not the header', {
    code: 'IMPORT_HEADER_WRONG',
    got: 'another first line',
    expected,
    fix: 'make this the first line of the file',
    retry: 'no: the same file fails again',
  });
}

/** Somebody wrote into the file while it was imported. */
export function importFileChanged(): CommandError {
  return brokenOff('the file changed while it was imported', {
    code: 'IMPORT_FILE_CHANGED',
    got: 'other content than at the beginning',
    expected: 'a file that is complete before it is imported',
    fix: 'let whatever writes the file finish, then import it again',
    retry: 'yes: rows that are stored already are left as they are',
  });
}

/** A signal came; the batch that ran then was finished. */
export function importStopped(): CommandError {
  return brokenOff('the import was stopped', {
    code: 'IMPORT_STOPPED',
    got: 'a signal to stop',
    expected: 'time to come to the end of the file',
    fix: 'import the same file',
    retry: sameFile,
  });
}

/** The database or the file failed midway. */
export function importInterrupted(got: string): CommandError {
  return brokenOff('the import broke off', {
    code: 'IMPORT_INTERRUPTED',
    got,
    expected: 'a file that can be read and a database that can be written to the end',
    fix: 'free the disk or stop what holds the database, then import the same file',
    retry: sameFile,
  });
}

/** Another process imports the same file, or did until it died. */
export function importRunning({ got, expected, fix, retry }: JobError['problems'][number]): CommandError {
  const facts = { code: 'IMPORT_RUNNING', got, expected, fix, retry: `yes: ${retry}` };
  return importError('the same file is being imported elsewhere', facts, exitTryAgain);
}
