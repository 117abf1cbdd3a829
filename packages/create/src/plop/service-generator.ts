import type { Answers } from '../answers/answers.ts';
import { carryOut, printedInstead } from '../doors/carry-out.ts';
import { helpText, type Door } from '../doors/door.ts';
import type { RunFlags } from '../doors/flags.ts';
import { parsePlopArguments, plopDoor } from '../doors/plop-arguments.ts';
import { reportErrorJson } from '../doors/report-json.ts';
import { resolveAnswers } from '../doors/resolve-answers.ts';
import { sizeTerminal } from '../doors/size-terminal.ts';
import { toScaffoldError } from '../errors.ts';
import type { ScaffoldOptions } from '../scaffold.ts';

/** The part of plop's interface that is used; plop itself is no dependency of this package. */
export interface PlopInterface {
  setGenerator(name: string, generator: object): unknown;
}

export interface ServiceGeneratorOptions extends ScaffoldOptions {
  /** The name of the generator. @default 'service' */
  readonly generator?: string;
}

/** Plop would put its own marks around the message, and prints some errors twice. It ends with 0 or 1, and so do we. */
function fail(thrown: unknown): never {
  const error = toScaffoldError(thrown);
  const exitCode = error.signal === 'SIGINT' ? 130 : 1;
  process.stderr.write(`${error.message}\n`);
  if (process.argv.includes('--json')) process.stdout.write(reportErrorJson(error, exitCode));
  process.exit(exitCode);
}

/** Ends the process by itself where no service is asked for. */
async function answersOf(door: Door, cwd: string): Promise<{ answers: Answers; run: RunFlags }> {
  const request = parsePlopArguments(process.argv.slice(2), door);
  const instead = request.kind === 'help' ? helpText(door) : printedInstead(request.run);
  if (request.kind === 'help' || instead !== undefined) {
    process.stdout.write(instead ?? '');
    process.exit(0);
  }
  return { answers: await resolveAnswers(request, door, cwd), run: request.run };
}

/**
 * Adds the generator `service` to a plopfile. Plop is the door only: its renderer and its writer are not used.
 *
 * A refused or failed run prints its message on stderr and ends the process with 1.
 *
 * @example
 * ```ts
 * import { serviceGenerator } from 'create-seaworthy';
 * const names: string[] = [];
 * serviceGenerator({ setGenerator: (name) => names.push(name) });
 * if (names.join() !== 'service') throw new Error('the generator is missing');
 * ```
 */
export function serviceGenerator(plop: PlopInterface, options: ServiceGeneratorOptions = {}): void {
  const { generator = 'service', ...scaffoldOptions } = options;
  const cwd = options.cwd ?? process.cwd();
  let flagsOfRun: RunFlags = {};
  plop.setGenerator(generator, {
    description: 'a Node or Python service with runbook, checklist and staging configuration',
    // A function, because plop validates nothing itself, cannot pass every prompt from the command line and hangs without a terminal.
    prompts: async () => {
      sizeTerminal();
      try {
        const { answers, run } = await answersOf(plopDoor(generator), cwd);
        flagsOfRun = run;
        return answers;
      } catch (error) {
        return fail(error);
      }
    },
    actions: [
      async (answers: Answers) => {
        try {
          process.stdout.write(await carryOut(answers, flagsOfRun, { ...scaffoldOptions, cwd }));
          return flagsOfRun.dryRun === true ? 'nothing was written' : `${answers.name} is ready`;
        } catch (error) {
          return fail(error);
        }
      },
    ],
  });
}
