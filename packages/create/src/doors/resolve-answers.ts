import { missingAnswers, parseAnswers, problemsOfGiven, type Answers } from '../answers/answers.ts';
import { ScaffoldError } from '../errors.ts';

import type { Door, Request } from './door.ts';
import { readAnswersFile } from './read-answers-file.ts';

/** True where somebody can be asked: a terminal on both sides, and no build server. */
function canAsk(): boolean {
  const { CI: buildServer = '', TERM: terminal } = process.env;
  if (!['', '0', 'false'].includes(buildServer) || terminal === 'dumb') return false;
  return process.stdin.isTTY && process.stdout.isTTY;
}

/**
 * Puts the answers of the flags, of the file and of the person at the terminal together, in this order, and checks them.
 *
 * A command line that is complete is asked nothing, on a terminal neither.
 *
 * @throws {ScaffoldError} `SCAFFOLD_ANSWERS`, naming everything that is missing or refused at once.
 */
export async function resolveAnswers(
  { run, input }: Extract<Request, { kind: 'run' }>,
  door: Door,
  cwd: string,
): Promise<Answers> {
  const given = { ...(run.answers === undefined ? {} : readAnswersFile(cwd, run.answers)), ...input };
  if (run.json === true || !canAsk() || missingAnswers(given).length === 0)
    return parseAnswers({ ...door.defaults, ...given });
  const problems = problemsOfGiven(given);
  if (problems.length > 0) throw new ScaffoldError('SCAFFOLD_ANSWERS', problems);
  // Loaded only now: a run without questions need not pay for them.
  const { askAnswers } = await import('./ask-answers.ts');
  return parseAnswers(await askAnswers(given, door.defaults));
}
