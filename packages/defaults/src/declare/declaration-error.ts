/**
 * A setting was declared wrongly: a mistake of the program, found when it is imported, never of who runs it.
 *
 * @example
 * ```ts
 * import { count, DeclarationError, defineDefaults } from '@seaworthy/defaults';
 * const texts = { owner: 'team-a', reason: 'r', expect: 'e', rollback: 'b' };
 * try {
 *   defineDefaults('queue', 'QUEUE_', { size: count({ env: 'QUEUE_SIZE', default: 500, min: 1, max: 100, ...texts }) });
 *   throw new Error('a default out of range was accepted');
 * } catch (error) {
 *   if (!(error instanceof DeclarationError) || error.problems.length !== 1) throw error;
 * }
 * ```
 */
export class DeclarationError extends TypeError {
  override readonly name = 'DeclarationError';
  readonly code = 'CFG_DECLARATION';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `${problems.length} wrong declaration${problems.length === 1 ? '' : 's'}:\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
    );
    this.problems = problems;
  }
}
