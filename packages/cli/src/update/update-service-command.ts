import { Command } from 'commander';

import type { Output } from '../output/screen.ts';

interface Options {
  readonly check?: boolean;
  readonly dryRun?: boolean;
  readonly continue?: boolean;
  readonly abort?: boolean;
  readonly json?: boolean;
}

const exitCodeWords =
  '0 well, 1 refused or failed, 2 cannot tell, 3 an update is available, 4 drifted, 5 conflicts remain, 64 usage';

/** `seaworthy update`: the update of create-seaworthy behind this door. It is loaded when it is needed. */
export function updateServiceCommand(output: Output, done: (exitCode: number) => void): Command {
  return new Command('update')
    .description('take over what the template changed since a service was made')
    .argument('[services...]', 'the folder of a service; with --check as many as you like', ['.'])
    .option('--check', 'say whether an update is available; exit 3 where one is')
    .option('--dry-run', 'show what would change, as a diff; write nothing')
    .option('--continue', 'end an update whose conflicts are resolved')
    .option('--keep-yours', 'with --continue: also where all that it changed is as it was before')
    .option('--abort', 'bring everything back as it was before the update')
    .option('--json', 'print JSON')
    .addHelpText('after', `\nExit codes: ${exitCodeWords}`)
    .action(async (directories: readonly string[], options: Options) => {
      const { updateCommand } = await import('create-seaworthy/update');
      done(await updateCommand({ directories, ...options }, output));
    });
}
