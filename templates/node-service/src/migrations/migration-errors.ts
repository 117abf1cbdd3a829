// What can go wrong with migrations, said in the layout of every command.
import { CommandError, startError } from '../command-error.ts';

import type { Migration } from './migration.ts';

const writtenNumber = (number: number) => String(number).padStart(4, '0');

export function migrationsPending(numbers: readonly number[]): CommandError {
  return startError('migrations are pending', {
    code: 'START_MIGRATION_PENDING',
    got: `${numbers.map(writtenNumber).join(', ')} not applied`,
    expected: 'a database to which every file of migrations/ was applied',
    fix: 'make migrate',
    retry: 'yes: once they are applied',
  });
}

/** The folder lacks files, or has some that cannot be told apart: all of it is said at once. */
export function migrationFilesInvalid(problems: readonly string[]): CommandError {
  return startError('the files of migrations/ cannot be used', {
    code: 'START_MIGRATION_FILES_INVALID',
    got: problems.join('; '),
    expected: 'files such as 0005-more-columns.sql, each number once',
    fix: 'deploy the whole folder; a new file gets the next number',
    retry: 'no: the same files fail again',
  });
}

/** Somebody edited a file after it was applied: databases that have it would differ from those that get it now. */
export function migrationChanged(changed: readonly Migration[]): CommandError {
  return changedError('Nothing was applied.', changed);
}

/** Two releases that add different files with one number are deployed at once. */
export function migrationChangedMeanwhile(changed: Migration): CommandError {
  return changedError('Those before it are applied.', [changed]);
}

function changedError(consequence: string, changed: readonly Migration[]): CommandError {
  return new CommandError(`MigrationError: an applied migration was changed. ${consequence}`, {
    code: 'MIGRATION_CHANGED',
    got: `${changed.map(({ file }) => file).join(', ')} with other content than was applied`,
    expected: 'files that stay as they were when they were applied',
    fix: 'restore the file, and put the change into a new one with the next number',
    retry: 'no: the same files fail again',
  });
}

export function migrationFailed({ file }: Migration, got: string): CommandError {
  return new CommandError('MigrationError: a migration failed and was rolled back. Those before it are applied.', {
    code: 'MIGRATION_FAILED',
    got: `${file}: ${got}`,
    expected: 'a database on which every statement of the file succeeds',
    fix: 'mend what the database says, then run make migrate again',
    retry: 'yes: nothing of the file was applied',
  });
}
