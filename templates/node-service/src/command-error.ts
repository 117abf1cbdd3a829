import { serviceOwner } from './service.ts';

interface Facts {
  readonly code: string;
  readonly got: string;
  readonly expected: string;
  readonly fix: string;
  readonly retry: string;
}

/** A failure that whoever runs a command can mend: printed as text, never with a stack. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(headline: string, facts: Facts, exitCode = 1) {
    const lines = Object.entries({ ...facts, owner: serviceOwner }).map(
      ([key, value]) => `   ${key.padEnd(10)}${value}`,
    );
    super([headline, ...lines].join('\n'));
    this.exitCode = exitCode;
  }
}

function startError(what: string, facts: Facts): CommandError {
  return new CommandError(`StartError: ${what}. The service did not start.`, facts);
}

export function databaseUnusable(got: string): CommandError {
  return startError('the database cannot be opened for writing', {
    code: 'START_DATABASE_UNUSABLE',
    got,
    expected: 'a database file in a folder this process may write',
    fix: 'make the folder writable, or set DATABASE_URL to another file',
    retry: 'yes: once the folder can be written',
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

const importHeadline = (what: string) => `ImportError: ${what}. Nothing was imported.`;

export function importFileMissing(): CommandError {
  const facts = {
    code: 'IMPORT_FILE_MISSING_ARGUMENT',
    got: 'nothing',
    expected: 'the path of a CSV file',
    fix: 'make import FILE=orders.csv',
    retry: 'no: name a file first',
  };
  return new CommandError(importHeadline('no file was named'), facts, 64);
}

export function importFileUnreadable(got: string): CommandError {
  return new CommandError(importHeadline('the file cannot be read'), {
    code: 'IMPORT_FILE_UNREADABLE',
    got,
    expected: 'a readable CSV file in UTF-8',
    fix: 'check the path and who may read it',
    retry: 'yes: once the file can be read; rows already stored are not stored twice',
  });
}

export function importHeaderWrong(): CommandError {
  return new CommandError(importHeadline('the first line is not the header'), {
    code: 'IMPORT_HEADER_WRONG',
    got: 'another first line',
    expected: 'orderNumber,sku,quantity',
    fix: 'make this the first line of the file',
    retry: 'no: the same file fails again',
  });
}

export function importInterrupted(got: string): CommandError {
  return new CommandError('ImportError: the import broke off. The batches before it are stored.', {
    code: 'IMPORT_INTERRUPTED',
    got,
    expected: 'a file that can be read and a database that can be written to the end',
    fix: 'free the disk or stop what holds the database, then import the same file',
    retry: 'yes: rows that are stored already are left as they are',
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
