import { printable } from './output/printable.ts';
import { quoted } from './output/quoted.ts';

/** What the exit code of every command says. */
export const exitCodes = { well: 0, finding: 1, cannotTell: 2, usage: 64, settings: 78 } as const;

const { finding, cannotTell, usage, settings } = exitCodes;

/** The stable codes of a refused or failed command: its exit code, what failed, and what that left behind. */
export const commandErrorCodes = {
  CLI_USAGE: [usage, 'the command line is not understood', 'Nothing was run.'],
  CLI_SERVICE_MISSING: [cannotTell, 'the folder holds no service.json', 'Nothing was run.'],
  CLI_SERVICE_INVALID: [cannotTell, 'service.json cannot be read as one', 'Nothing was run.'],
  CLI_SETTINGS_COMMAND: [cannotTell, 'service.json names no command for its settings', 'Nothing was run.'],
  CLI_COMMAND_MISSING: [cannotTell, 'the settings command is not installed', 'Nothing is known.'],
  CLI_COMMAND_FAILED: [cannotTell, 'the settings command failed', 'Nothing is known.'],
  CLI_COMMAND_TIMEOUT: [cannotTell, 'the settings command did not end in time', 'It was ended; nothing is known.'],
  CLI_COMMAND_OUTPUT: [cannotTell, 'the settings command printed too much', 'It was ended; nothing is known.'],
  CLI_ANSWER_INVALID: [cannotTell, 'the answer of the settings command is not understood', 'Nothing is known.'],
  CLI_SETTINGS_REFUSED: [settings, 'the service refuses its settings', 'It would not start.'],
  CLI_DIFFERENCE: [finding, 'the environments differ, and nothing says why', 'Nothing was changed.'],
  CLI_OUTDATED: [finding, 'a generated file is not what the declarations give', 'Nothing was written.'],
  CLI_FILE_CHANGED: [finding, 'somebody else changed a file meanwhile', 'Nothing was written.'],
  CLI_WRITE: [finding, 'a file cannot be written', 'The files named under "got" are as they were.'],
  CLI_OUTPUT: [cannotTell, 'the answer cannot be printed', 'What was printed is not whole.'],
  CLI_INTERRUPTED: [cannotTell, 'a signal came', 'The settings command was ended; nothing was written.'],
  CLI_INTERNAL: [cannotTell, 'a fault of seaworthy, not of the service', 'Nothing is known.'],
} as const;

/** One of the keys of {@link commandErrorCodes}. */
export type CommandErrorCode = keyof typeof commandErrorCodes;

interface Facts {
  readonly got: string;
  readonly expected: string;
  readonly fix: string;
  /** Whether the same command can succeed later, and why. */
  readonly retry: readonly ['yes' | 'no', string];
  readonly owner: string;
}

/**
 * A command that was refused or failed; the message is the text to print, without a stack.
 *
 * @example
 * ```ts
 * import { CommandError, openService } from 'seaworthy';
 * try {
 *   openService('packages');
 *   throw new Error('a folder without a service was opened');
 * } catch (error) {
 *   if (!(error instanceof CommandError) || error.code !== 'CLI_SERVICE_MISSING' || error.exitCode !== 2) throw error;
 * }
 * ```
 */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: CommandErrorCode;
  readonly exitCode: number;
  readonly retryable: boolean;

  constructor(
    code: CommandErrorCode,
    facts: Facts,
    { exitCode, ...options }: ErrorOptions & { exitCode?: number } = {},
  ) {
    const [usual, what, outcome] = commandErrorCodes[code];
    const { got, expected, fix, retry, owner } = facts;
    const lines = Object.entries({ code, got, expected, fix, retry: retry.join(': '), owner });
    const shown = lines.map(([key, value]) => `   ${key.padEnd(10)}${printable(value)}`);
    super([`${what}. ${outcome}`, ...shown].join('\n'), options);
    this.code = code;
    this.exitCode = exitCode ?? usual;
    this.retryable = retry[0] === 'yes';
  }
}

const caller = 'whoever runs the command';
const sameAgain = (what: string) => ['no', `the same ${what} fails again`] as const;
const reasonOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

export function usageError(got: string, expected: string, fix: string): CommandError {
  return new CommandError('CLI_USAGE', { got, expected, fix, retry: sameAgain('command'), owner: caller });
}

export function serviceMissing(folder: string): CommandError {
  return new CommandError('CLI_SERVICE_MISSING', {
    got: folder,
    expected: 'the folder of a service, with its service.json',
    fix: 'change into the folder of the service, or name it with --directory',
    retry: sameAgain('folder'),
    owner: caller,
  });
}

export function serviceInvalid(file: string, problem: string, cause?: unknown): CommandError {
  return new CommandError(
    'CLI_SERVICE_INVALID',
    {
      got: `${file}: ${problem}`,
      expected: 'a JSON object with the facts of a service, readable by this user',
      fix: `correct ${file}`,
      retry: sameAgain('file'),
      owner: caller,
    },
    { cause },
  );
}

export function settingsCommandAbsent(file: string, problem: string, owner: string): CommandError {
  return new CommandError('CLI_SETTINGS_COMMAND', {
    got: `${file}: commands.settings ${problem}`,
    expected: 'one line for a shell that prints the settings as JSON, such as "npm run --silent settings"',
    fix: `state it in ${file}`,
    retry: sameAgain('file'),
    owner,
  });
}

/** What every failure of a settings command has to say about it. */
export interface CommandFacts {
  /** As it was run, with its words. */
  readonly command: string;
  readonly directory: string;
  /** How the service is set up, where service.json says it. */
  readonly setUp: string | undefined;
  readonly owner: string;
}

export function commandMissing({ command, directory, setUp, owner }: CommandFacts, got: string): CommandError {
  return new CommandError('CLI_COMMAND_MISSING', {
    got: `${command}: ${got}`,
    expected: `a command that is installed and may be run in ${directory}`,
    fix: setUp === undefined ? 'install the service' : `cd ${quoted(directory)} && ${setUp}`,
    retry: ['yes', 'once it is installed'],
    owner,
  });
}

export function commandFailed({ command, directory, owner }: CommandFacts, got: string, cause?: unknown): CommandError {
  return new CommandError(
    'CLI_COMMAND_FAILED',
    {
      got: `${command}: ${got}`,
      expected: 'exit 0, or 78 where the service refuses its settings',
      fix: `read what it printed; to see it alone: cd ${quoted(directory)} && ${command}`,
      retry: sameAgain('command'),
      owner,
    },
    { cause },
  );
}

export function commandTimeout({ command, owner }: CommandFacts, timeout: string): CommandError {
  return new CommandError('CLI_COMMAND_TIMEOUT', {
    got: `${command}: still running after ${timeout}`,
    expected: `an answer within ${timeout}`,
    fix: 'find out what it waits for; it should load settings and nothing else. For a slow machine: --timeout 5m',
    retry: ['yes', 'it may have waited for something that has ended since'],
    owner,
  });
}

export function commandOutput({ command, owner }: CommandFacts, limit: string): CommandError {
  return new CommandError('CLI_COMMAND_OUTPUT', {
    got: `${command}: more than ${limit}`,
    expected: `at most ${limit} on each of its two outputs`,
    fix: 'make it print its answer and nothing else',
    retry: sameAgain('command'),
    owner,
  });
}

export function answerInvalid(
  { command, directory, owner }: CommandFacts,
  got: string,
  expected: string,
): CommandError {
  return new CommandError('CLI_ANSWER_INVALID', {
    got: `${command}: ${got}`,
    expected,
    fix: `make it print its answer and nothing else; to see it: cd ${quoted(directory)} && ${command}`,
    retry: sameAgain('command'),
    owner,
  });
}

/** The service refused and did not say what, or what it said is not repeated here. */
export function settingsRefused(got: string, fix: string, owner: string): CommandError {
  const expected = 'settings the service would start with';
  return new CommandError('CLI_SETTINGS_REFUSED', { got, expected, fix, retry: sameAgain('value'), owner });
}

export function unexplainedDifference(
  names: readonly string[],
  between: readonly string[],
  owner: string,
): CommandError {
  return new CommandError('CLI_DIFFERENCE', {
    got: names.join(', '),
    expected: `a reason for every difference between ${between.join(' and ')}`,
    fix: 'above the line: "# Differs: why" in config/staging.env, "# Change: docs/changes/NNNN-what.md" in production.env',
    retry: sameAgain('file'),
    owner,
  });
}

export function filesOutdated(files: readonly string[], owner: string): CommandError {
  return new CommandError('CLI_OUTDATED', {
    got: files.join(', '),
    expected: 'the files as seaworthy config docs writes them',
    fix: 'seaworthy config docs, then read the difference and commit it',
    retry: sameAgain('file'),
    owner,
  });
}

export function fileChanged(file: string, owner: string): CommandError {
  return new CommandError('CLI_FILE_CHANGED', {
    got: file,
    expected: 'the file as it was when the command began',
    fix: 'run the command again',
    retry: ['yes', 'it reads the file again'],
    owner,
  });
}

export function fileUnusable(unchanged: readonly string[], owner: string, cause: unknown): CommandError {
  return new CommandError(
    'CLI_WRITE',
    {
      got: `${unchanged.join(', ')}: ${reasonOf(cause)}`,
      expected: 'files this user may read, and replace in their folder',
      fix: 'make the folder writable or the disk larger, then run the command again',
      retry: ['yes', 'once it can be written'],
      owner,
    },
    { cause },
  );
}

export function outputFailed(cause: unknown): CommandError {
  return new CommandError(
    'CLI_OUTPUT',
    {
      got: reasonOf(cause),
      expected: 'an output that takes the whole answer',
      fix: 'make room where the output goes',
      retry: ['yes', 'once there is room'],
      owner: caller,
    },
    { cause },
  );
}

export function interrupted(signal: NodeJS.Signals, exitCode: number): CommandError {
  return new CommandError(
    'CLI_INTERRUPTED',
    {
      got: signal,
      expected: 'no signal',
      fix: 'run the command again',
      retry: ['yes', 'it is safe to run again'],
      owner: caller,
    },
    { exitCode },
  );
}

/** A fault of ours, which nothing the caller does mends; its `cause` has the stack. */
export function internalError(cause: unknown): CommandError {
  return new CommandError(
    'CLI_INTERNAL',
    {
      got: reasonOf(cause),
      expected: 'an answer',
      fix: 'report it with the command you ran',
      retry: sameAgain('command'),
      owner: 'seaworthy',
    },
    { cause },
  );
}
