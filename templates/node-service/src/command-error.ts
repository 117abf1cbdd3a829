import { serviceOwner } from './service.ts';

export interface Facts {
  readonly code: string;
  readonly got: string;
  readonly expected: string;
  readonly fix: string;
  readonly retry: string;
}

/** Exit codes of sysexits.h: the command was called wrongly, and the same command may succeed later. */
export const exitUsage = 64;
export const exitTryAgain = 75;

/** A failure that whoever runs a command can mend: printed as text, never with a stack. */
export class CommandError extends Error {
  readonly code: string;
  readonly exitCode: number;

  constructor(headline: string, facts: Facts, exitCode = 1) {
    const lines = Object.entries({ ...facts, owner: serviceOwner }).map(
      ([key, value]) => `   ${key.padEnd(10)}${value}`,
    );
    super([headline, ...lines].join('\n'));
    this.code = facts.code;
    this.exitCode = exitCode;
  }
}

/** The service, or a command that needs what the service needs, did not start. */
export function startError(what: string, facts: Facts): CommandError {
  return new CommandError(`StartError: ${what}. The service did not start.`, facts);
}

/** The file of an SQLite database; `reason` is what SQLite or the system calls it. */
export function databaseUnusable(location: string, reason: string): CommandError {
  return startError('the database cannot be opened for writing', {
    code: 'START_DATABASE_UNUSABLE',
    got: `${location}: ${reason}`,
    expected: 'a database file in a folder this process may write',
    fix: 'mend what got says, or set DATABASE_URL to another file',
    retry: 'yes: once the file can be written',
  });
}

/** Nobody answers at the address of a PostgreSQL, or it lets nobody of this name in. */
export function databaseUnreachable(got: string): CommandError {
  return startError('there is no connection to the database', {
    code: 'START_DATABASE_UNREACHABLE',
    got,
    expected: 'a PostgreSQL that answers, has this database and lets this user in',
    fix: 'start it, or correct DATABASE_URL',
    retry: 'yes: once it answers',
  });
}

/** The database was there, and failed with what the start asks it. */
export function databaseFailed(got: string): CommandError {
  return startError('the database failed', {
    code: 'START_DATABASE_FAILED',
    got,
    expected: 'a database that this user may read and write',
    fix: 'mend what got says, or correct DATABASE_URL',
    retry: 'yes: once that is mended',
  });
}

export function addressUnusable(got: string, inUse: boolean): CommandError {
  return inUse
    ? startError('the port is in use', {
        code: 'START_PORT_IN_USE',
        got,
        expected: 'a port nobody listens on',
        fix: 'stop the process that holds it, or set HTTP_PORT to another port',
        retry: 'yes: once the port is free',
      })
    : startError('the address cannot be used', {
        code: 'START_ADDRESS_UNUSABLE',
        got,
        expected: 'an address of this machine and a port this process may bind',
        fix: 'set HTTP_HOST and HTTP_PORT',
        retry: 'no: the same address fails again',
      });
}

export function socketUnusable(got: string): CommandError {
  return startError('the socket that was passed on cannot be used', {
    code: 'START_SOCKET_UNUSABLE',
    got,
    expected: 'LISTEN_FDS=1 and a listening stream socket as descriptor 3',
    fix: 'let the service manager pass exactly one such socket (systemd: one ListenStream= in one .socket unit)',
    retry: 'no: the same environment fails again',
  });
}

/** Runs a command; what a person can mend is printed, everything else is a fault of the program and crashes. */
export async function runCommand(command: () => number | Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    const known = error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number';
    if (!known) throw error;
    process.stderr.write(`${error instanceof CommandError ? error.message : String(error)}\n`);
    process.exitCode = Number(error.exitCode);
  }
}
