/** The stable codes of a refused or failed run. */
export const scaffoldErrorCodes = {
  SCAFFOLD_ANSWERS: 'an answer is missing or not accepted',
  SCAFFOLD_ARGUMENTS: 'the command line is not understood',
  SCAFFOLD_TARGET: 'the service cannot be written there',
  SCAFFOLD_DOCUMENT: 'a document has no place for a rendered block',
  SCAFFOLD_WRITE: 'writing failed; the disk is as it was',
  SCAFFOLD_INTERNAL: 'a fault of the scaffolder, not of the answers',
} as const;

/** One of the keys of {@link scaffoldErrorCodes}. */
export type ScaffoldErrorCode = keyof typeof scaffoldErrorCodes;

/**
 * A run that wrote nothing; the message lists every problem and is printed without a stack.
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
    super(`${scaffoldErrorCodes[code]} (${code}). Nothing was written.\n${list}`, options);
    this.code = code;
    this.problems = problems;
  }
}

/** A fault of ours, which no answer mends. */
export function internalError(problem: string, options?: ErrorOptions): ScaffoldError {
  const retry = 'report it with the command you ran; trying again fails again';
  return new ScaffoldError('SCAFFOLD_INTERNAL', [problem, retry], options);
}
