import { helpText, parseCommandLine } from '../answers/command-line.ts';
import { parseAnswers, type Answers } from '../answers/answers.ts';
import { scaffold, type ScaffoldOptions } from '../scaffold.ts';

import { report } from './report.ts';

/** The part of plop's interface that is used; plop itself is no dependency of this package. */
export interface PlopInterface {
  setGenerator(name: string, generator: object): unknown;
}

/** Plop would put its own marks around the message, and prints some errors twice. */
function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

function askNothing(): Promise<Answers> {
  try {
    const parsed = parseCommandLine(process.argv.slice(2));
    if (!parsed.help) return Promise.resolve(parseAnswers(parsed.input));
  } catch (error) {
    fail(error);
  }
  process.stdout.write(helpText());
  process.exit(0);
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
export function serviceGenerator(plop: PlopInterface, options: ScaffoldOptions = {}): void {
  plop.setGenerator('service', {
    description: 'a Node or Python service with runbook, checklist and staging configuration',
    // A function, because plop validates nothing itself, cannot pass every prompt from the command line and hangs without a terminal.
    prompts: askNothing,
    actions: [
      async (answers: Record<string, unknown>) => {
        const cwd = options.cwd ?? process.cwd();
        try {
          const result = await scaffold(answers, { ...options, cwd });
          process.stdout.write(report(result, cwd));
          return `${result.answers.name} is ready`;
        } catch (error) {
          return fail(error);
        }
      },
    ],
  });
}
