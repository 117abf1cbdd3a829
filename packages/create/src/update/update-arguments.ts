import { parseArgs } from 'node:util';

import { updateError } from '../errors.ts';

import {
  reportFailure,
  updateCommand,
  updateExitCodes,
  type UpdateCommand,
  type UpdateOutput,
} from './update-command.ts';

const usage =
  'create-seaworthy update [--check | --dry-run | --continue [--keep-yours] | --abort] [--json] [service …]';

/** The help of the update, as either door prints it. */
export const updateHelp = `Takes over what the template changed since a service was made, and keeps what you changed.

  ${usage}

  --check          say whether an update is available; takes several services
  --dry-run        show what would change, as a diff; writes nothing
  --continue       end an update whose conflicts are resolved
  --keep-yours     with --continue: also where all that it changed is as it was before
  --abort          bring everything back as it was before the update
  --json           print JSON
  --help           print this

Without a folder it is the one you stand in.

Exit codes: 0 well, 1 refused or failed, 2 cannot tell, 3 an update is available, 4 drifted, 5 conflicts remain, 64 usage
`;

const options = {
  check: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  continue: { type: 'boolean' },
  abort: { type: 'boolean' },
  'keep-yours': { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

function parse(words: readonly string[]): UpdateCommand & { help: boolean } {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
    const { 'dry-run': dryRun = false, 'keep-yours': keepYours = false, help = false, ...flags } = values;
    return { ...flags, dryRun, keepYours, help, directories: positionals };
  } catch (cause) {
    const [reason = ''] = (cause instanceof Error ? cause.message : String(cause)).split('. ');
    throw updateError('UPDATE_ARGUMENTS', [reason, `usage: ${usage}`], { cause });
  }
}

/** Runs `create-seaworthy update` with the words behind it, and returns the exit code. */
export async function runUpdate(words: readonly string[], output: UpdateOutput = process): Promise<number> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(words);
  } catch (error) {
    return reportFailure(error, words.includes('--json'), output);
  }
  const { help, ...command } = parsed;
  if (!help) return updateCommand(command, output);
  output.stdout.write(updateHelp);
  return updateExitCodes.well;
}
