import { readFileSync } from 'node:fs';

import { Command, type CommanderError } from 'commander';

import { configGroup } from './config/config-group.ts';
import { usageError } from './errors.ts';
import type { Output } from './output/screen.ts';
import { updateServiceCommand } from './update/update-service-command.ts';

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

/** The library stops at a mistake with words and an exit code of its own; ours go to all commands below, too. */
function refuseInOurWords(command: Command, { stdout, stderr }: Output): void {
  const name = pathOf(command);
  command.configureOutput({
    writeOut: (text) => stdout.write(text),
    writeErr: (text) => stderr.write(text),
    outputError: () => undefined,
  });
  command.exitOverride((error: CommanderError) => {
    if (error.exitCode === 0 || error.code === 'commander.help') throw error;
    const got = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
    throw usageError(got, `${name} ${command.usage()}`, `${name} --help`);
  });
  for (const below of command.commands) refuseInOurWords(below, { stdout, stderr });
}

/** The whole command line. */
export function createProgram(output: Output, done: (exitCode: number) => void): Command {
  const program = new Command('seaworthy')
    .description('The safe workflow of a service: settings that say who, why and how to go back')
    .version(version())
    .addCommand(configGroup(output, done))
    .addCommand(updateServiceCommand(output, done));
  refuseInOurWords(program, output);
  return program;
}
