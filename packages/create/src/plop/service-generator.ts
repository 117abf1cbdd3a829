import { helpText, parseCommandLine } from '../answers/command-line.ts';
import { parseAnswers } from '../answers/answers.ts';
import { ScaffoldError } from '../errors.ts';
import { scaffold, type ScaffoldOptions } from '../scaffold.ts';

import { report } from './report.ts';

/** The part of plop's interface that is used; plop itself is no dependency of this package. */
export interface PlopInterface {
  setGenerator(name: string, generator: object): unknown;
}

/**
 * Adds the generator `service` to a plopfile. Plop is the door only: its renderer and its writer are not used.
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
    prompts: () => {
      const parsed = parseCommandLine(process.argv.slice(2));
      if (!parsed.help) return Promise.resolve(parseAnswers(parsed.input));
      process.stdout.write(helpText());
      process.exit(0);
    },
    actions: [
      async (answers: Record<string, unknown>) => {
        const cwd = options.cwd ?? process.cwd();
        try {
          process.stdout.write(report(await scaffold(answers, { ...options, cwd }), cwd));
        } catch (error) {
          if (error instanceof ScaffoldError) process.stderr.write(`${error.message}\n`);
          // Plop exits 1 for an action that fails; its own line would repeat the message.
          throw error;
        }
        return '';
      },
    ],
  });
}
