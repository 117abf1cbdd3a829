import { constants } from 'node:os';

import { answerInvalid, commandFailed, commandMissing, commandOutput, commandTimeout, interrupted } from '../errors.ts';
import type { CommandFacts } from '../errors.ts';
import type { Screen } from '../output/screen.ts';

import { childEnvironment } from './child-environment.ts';
import type { Service } from './open-service.ts';
import { runCommand, type CommandOutcome } from './run-command.ts';
import type { Timeout } from './timeout.ts';

const limitMiB = 8;

/** What a service answered. */
export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  /** True when it refuses its settings: exit 78. */
  readonly refused: boolean;
}

/** Where a settings command is asked from. */
export interface Asking {
  readonly timeout: Timeout;
  /** Takes what a failed command printed on its stderr. */
  readonly stderr: Screen;
}

export function commandFacts({ directory, owner, commands }: Service, words: readonly string[]): CommandFacts {
  return { command: [commands.settings, ...words].join(' '), directory, setUp: commands.setup, owner };
}

function failureOf(facts: CommandFacts, outcome: CommandOutcome, timeout: Timeout) {
  const { ended, exitCode, signal } = outcome;
  if (ended === 'timeout') return commandTimeout(facts, timeout.written);
  if (ended === 'output') return commandOutput(facts, `${limitMiB} MiB`);
  if (ended !== undefined) return interrupted(ended, 128 + constants.signals[ended]);
  if (exitCode === 126) return commandMissing(facts, 'exit 126: what it names may not be executed');
  if (exitCode === 127) return commandMissing(facts, 'exit 127: what it names was not found');
  if (exitCode === 64) return commandFailed(facts, 'exit 64: it does not know these words; an older template did not');
  return commandFailed(facts, exitCode === null ? `ended by ${signal}` : `exit ${exitCode}`);
}

/**
 * Runs the settings command of a service with words behind it, and returns what it printed.
 *
 * @throws {CommandError} when it did anything else than end with 0 or 78; what it had printed on stderr is passed on first.
 */
export async function askService(service: Service, words: readonly string[], asking: Asking): Promise<Answer> {
  const facts = commandFacts(service, words);
  const outcome = await runCommand(service.commands.settings, words, {
    directory: service.directory,
    env: childEnvironment(process.env),
    timeoutMs: asking.timeout.ms,
    limitBytes: limitMiB * 1024 * 1024,
  }).catch((error: unknown) => {
    throw commandFailed(facts, 'it could not be started', error);
  });
  const stderr = outcome.stderr.toString('utf8');
  if (outcome.ended !== undefined || (outcome.exitCode !== 0 && outcome.exitCode !== 78)) {
    asking.stderr.write(stderr);
    throw failureOf(facts, outcome, asking.timeout);
  }
  try {
    const stdout = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(outcome.stdout);
    return { stdout, stderr, refused: outcome.exitCode === 78 };
  } catch {
    asking.stderr.write(stderr);
    throw answerInvalid(facts, 'bytes that are no UTF-8', 'text in UTF-8');
  }
}
