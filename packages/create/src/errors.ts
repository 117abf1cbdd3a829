/** The stable codes of a refused or failed run. */
export const scaffoldErrorCodes = {
  SCAFFOLD_ANSWERS: 'an answer is missing or not accepted',
  SCAFFOLD_ARGUMENTS: 'the command line is not understood',
  SCAFFOLD_TARGET: 'the service cannot be written there',
  SCAFFOLD_DOCUMENT: 'a document has no place for a rendered block',
  SCAFFOLD_WRITE: 'writing failed; the disk is as it was',
  SCAFFOLD_INTERNAL: 'a fault of the scaffolder, not of the answers',
  UPDATE_ARGUMENTS: 'the command line of the update is not understood',
  UPDATE_SERVICE: 'the folder holds no service that can be updated',
  UPDATE_STATE: 'the record of the service cannot be used',
  UPDATE_DOWNGRADE: 'the installed template is older than the service',
  UPDATE_GIT: 'the merge needs git 2.38 or newer',
  UPDATE_FILE: 'a file of the service cannot be read or written',
  UPDATE_HALF: 'an update failed, and undoing it failed, too',
  UPDATE_BUSY: 'another update of this service is running',
  UPDATE_PENDING: 'an update waits for its conflicts to be resolved',
  UPDATE_NONE: 'no update is waiting',
} as const;

/** One of the keys of {@link scaffoldErrorCodes}. */
export type ScaffoldErrorCode = keyof typeof scaffoldErrorCodes;

/**
 * A run that left the disk as it was; the message lists every problem and is printed without a stack.
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

  constructor(code: ScaffoldErrorCode, problems: readonly string[], options?: ErrorOptions) {
    const list = problems.map((problem) => `  - ${problem}`).join('\n');
    const outcome = code === 'UPDATE_HALF' ? 'The next run undoes it.' : 'Nothing was written.';
    super(`${scaffoldErrorCodes[code]} (${code}). ${outcome}\n${list}`, options);
    this.code = code;
    this.problems = problems;
  }
}

/** A fault of ours, which no answer mends. */
export function internalError(problem: string, options?: ErrorOptions): ScaffoldError {
  const retry = 'report it with the command you ran; trying again fails again';
  return new ScaffoldError('SCAFFOLD_INTERNAL', [problem, retry], options);
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
