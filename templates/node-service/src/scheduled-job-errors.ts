// What can go wrong with a scheduled job, said in the layout of every command.
import { CommandError, exitUsage } from './command-error.ts';

/** The command names no job. */
export function jobUnknown(named: readonly string[], names: readonly string[]): CommandError {
  const facts = {
    code: 'JOB_UNKNOWN',
    got: named.join(' ') || 'nothing',
    expected: `one of: ${names.join(', ')}`,
    fix: `make job NAME=${names[0] ?? ''}`,
    retry: 'no: name a job first',
  };
  return new CommandError('JobError: no scheduled job was named. Nothing was run.', facts, exitUsage);
}

/** The database failed outside a commit. */
export function jobInterrupted(got: string): CommandError {
  return new CommandError('JobError: the job broke off. What it committed before is kept.', {
    code: 'JOB_INTERRUPTED',
    got,
    expected: 'a database that can be read and written to the end',
    fix: 'free the disk or stop what holds the database, then run the job again',
    retry: 'yes: it goes on from its last commit',
  });
}
