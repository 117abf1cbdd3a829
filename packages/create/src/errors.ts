import { constants } from 'node:os';

import { printable } from './printable.ts';

/** The stable codes of a refused or failed run. */
export const scaffoldErrorCodes = {
  SCAFFOLD_ANSWERS: 'an answer is missing or not accepted',
  SCAFFOLD_ARGUMENTS: 'the command line is not understood',
  SCAFFOLD_TARGET: 'the service cannot be written there',
  SCAFFOLD_DOCUMENT: 'a document has no place for a rendered block',
  SCAFFOLD_WRITE: 'writing failed; the disk is as it was',
  SCAFFOLD_CANCELLED: 'the run was stopped',
  SCAFFOLD_INSTALL: 'the service is complete, but its set-up failed',
  SCAFFOLD_INTERNAL: 'a fault of the scaffolder, not of the answers',
  UPDATE_ARGUMENTS: 'the command line of the update is not understood',
  UPDATE_SERVICE: 'the folder holds no service that can be updated',
  UPDATE_STATE: 'the record of the service cannot be used',
  UPDATE_DOWNGRADE: 'the installed template is older than the service',
  UPDATE_GIT: 'git could not merge',
  UPDATE_FILE: 'a file of the service cannot be read or written',
  UPDATE_HALF: 'an update was broken off halfway',
  UPDATE_BUSY: 'another update of this service is running',
  UPDATE_PENDING: 'an update waits for its conflicts to be resolved',
  UPDATE_NONE: 'no update is waiting',
} as const;

/** One of the keys of {@link scaffoldErrorCodes}. */
export type ScaffoldErrorCode = keyof typeof scaffoldErrorCodes;

/** After these the same command may succeed. */
const retryableCodes: ReadonlySet<ScaffoldErrorCode> = new Set([
  'SCAFFOLD_WRITE',
  'SCAFFOLD_CANCELLED',
  'SCAFFOLD_INSTALL',
  'UPDATE_FILE',
  'UPDATE_HALF',
  'UPDATE_BUSY',
]);

const outcomes: Readonly<Partial<Record<ScaffoldErrorCode, string>>> = {
  SCAFFOLD_INSTALL: 'The service was written.',
  UPDATE_HALF: 'The next run undoes it.',
};

interface ScaffoldErrorOptions extends ErrorOptions {
  /** The signal that stopped the run. */
  readonly signal?: NodeJS.Signals;
  /** The folder of the service that is there all the same. */
  readonly target?: string;
}

/** A problem of several lines stays below its dash. */
function listItem(problem: string): string {
  return `  - ${problem.split('\n').map(printable).join('\n    ')}`;
}

/**
 * A refused or failed run; the message lists every problem and is printed without a stack.
 *
 * Nothing was written, except with `SCAFFOLD_INSTALL`, where the service is there by then, and with `UPDATE_HALF`, where
 * the next update undoes what this one wrote.
 *
 * @example
 * ```ts
 * import { parseAnswers, ScaffoldError } from 'create-seaworthy';
 * try {
 *   parseAnswers({ name: 'Orders API', language: 'python', owner: 'team-orders' });
 *   throw new Error('a name with a space was accepted');
 * } catch (error) {
 *   if (!(error instanceof ScaffoldError) || !error.message.includes('orders-api')) throw error;
 * }
 * ```
 */
export class ScaffoldError extends Error {
  override readonly name = 'ScaffoldError';
  readonly code: ScaffoldErrorCode;
  readonly problems: readonly string[];
  /** True where the same command may succeed when it is run again. */
  readonly retryable: boolean;
  readonly signal: NodeJS.Signals | undefined;
  /** The folder of the service where it is there all the same. */
  readonly target: string | undefined;

  constructor(code: ScaffoldErrorCode, problems: readonly string[], options: ScaffoldErrorOptions = {}) {
    const list = problems.map(listItem).join('\n');
    const outcome = outcomes[code] ?? 'Nothing was written.';
    super(`${scaffoldErrorCodes[code]} (${code}). ${outcome}\n${list}`, options);
    this.code = code;
    this.problems = problems;
    this.retryable = retryableCodes.has(code);
    this.signal = options.signal;
    this.target = options.target;
  }
}

/** A fault of ours, which no answer mends. */
export function internalError(problem: string, options?: ErrorOptions): ScaffoldError {
  const retry = 'report it with the command you ran; trying again fails again';
  return new ScaffoldError('SCAFFOLD_INTERNAL', [problem, retry], options);
}

/** What nobody foresaw is a fault of ours: it is said like every other error, without a stack. */
export function toScaffoldError(error: unknown): ScaffoldError {
  if (error instanceof ScaffoldError) return error;
  return internalError(error instanceof Error ? error.message : String(error), { cause: error });
}

/** What the command ends with: 64 for usage and answers, 128 and the signal's number for a stopped run, 1 for the rest. */
export function exitCodeOf(error: ScaffoldError): number {
  if (error.signal !== undefined) return 128 + constants.signals[error.signal];
  return error.code === 'SCAFFOLD_ANSWERS' || error.code === 'SCAFFOLD_ARGUMENTS' ? 64 : 1;
}

/** An update that was refused or has failed; the service is as it was. */
export function updateError(
  code: Extract<ScaffoldErrorCode, `UPDATE_${string}`>,
  problems: readonly string[],
  options?: ErrorOptions,
): ScaffoldError {
  return new ScaffoldError(code, problems, options);
}

/** A call that the disk refused. */
export function diskError(error: unknown): ScaffoldError {
  if (error instanceof ScaffoldError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return updateError('UPDATE_FILE', [reason, 'trying again is safe once the disk can be written'], { cause: error });
}
