import { currentFolder } from '../disk/check-target.ts';
import { exitCodeOf, toScaffoldError } from '../errors.ts';
import type { ScaffoldOptions } from '../scaffold.ts';

import { carryOut, printedInstead } from './carry-out.ts';
import { createDoor, parseCreateArguments } from './create-arguments.ts';
import { helpText } from './door.ts';
import { reportErrorJson } from './report-json.ts';
import { resolveAnswers } from './resolve-answers.ts';

async function outputOf(args: readonly string[], options: ScaffoldOptions): Promise<string> {
  const request = parseCreateArguments(args);
  if (request.kind === 'help') return helpText(createDoor);
  const instead = printedInstead(request.run);
  if (instead !== undefined) return instead;
  const answers = await resolveAnswers(request, createDoor, options.cwd ?? currentFolder());
  return carryOut(answers, request.run, options);
}

/** The command `create-seaworthy [name] …`: prints what there is to say and returns the exit code. */
export async function runCreate(args: readonly string[], options: ScaffoldOptions = {}): Promise<number> {
  try {
    process.stdout.write(await outputOf(args, options));
    return 0;
  } catch (thrown) {
    const error = toScaffoldError(thrown);
    process.stderr.write(`${error.message}\n`);
    if (args.includes('--json')) process.stdout.write(reportErrorJson(error, exitCodeOf(error)));
    return exitCodeOf(error);
  }
}
