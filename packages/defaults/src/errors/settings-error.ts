import type { Problem } from './problem.ts';

const retryAdvice = {
  true: 'yes: a secret store may write it a little later. Start again in 10s; after five tries ask the owner.',
  false: 'no: the same value fails again. Change it, then start again.',
} as const;

/** A problem as a person reads it. */
export function describeProblem(problem: Problem, index: number): string {
  const setting = problem.setting === undefined ? '' : `  (${problem.setting})`;
  const from = problem.from === undefined ? '' : `  from ${problem.from}`;
  return [
    `${index + 1}. ${problem.name}${setting}  ${problem.code}`,
    `   got       ${problem.got}${from}`,
    `   expected  ${problem.expected}`,
    `   why       ${problem.why}`,
    `   fix       ${problem.fix}`,
    `   retry     ${retryAdvice[String(problem.retryable) as 'true' | 'false']}`,
    `   owner     ${problem.owner}`,
  ].join('\n');
}

/**
 * Everything that is wrong with the settings, at once; the message is the text to print, without a stack.
 *
 * `exitCode` is 78 (EX_CONFIG), so that a supervisor can stop restarting. `problems` is the same as data.
 *
 * @example
 * ```ts
 * import { httpServer, loadSettings, SettingsError } from '@seaworthy/defaults';
 * try {
 *   loadSettings({ http: httpServer }, { env: { DEPLOY_ENVIRONMENT: 'production', HTTP_PORT: '80a' }, owner: 'team-app' });
 *   throw new Error('80a was taken for a port');
 * } catch (error) {
 *   if (!(error instanceof SettingsError) || error.problems[0]?.code !== 'CFG_INVALID') throw error;
 * }
 * ```
 */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly exitCode = 78;
  readonly problems: readonly Problem[];

  constructor(
    problems: readonly Problem[],
    settingCount: number,
    stage: string | undefined,
    outcome = 'The service did not start.',
  ) {
    const count = `${problems.length} problem${problems.length === 1 ? '' : 's'} in ${settingCount} settings`;
    const head = `${count} (${stage ?? 'no environment'}). ${outcome}`;
    super(`${head}\n\n${problems.map(describeProblem).join('\n\n')}\n`);
    this.problems = Object.freeze([...problems]);
  }
}
