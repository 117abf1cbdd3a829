import { Argument, Command, InvalidArgumentError, Option } from 'commander';

import { usageError } from '../errors.ts';
import type { Output } from '../output/screen.ts';
import { parseTimeout, type Timeout } from '../service/timeout.ts';

import type { ConfigCall } from './config-call.ts';
import { readEnvironment, type Environment } from './environment.ts';

const exitCodeWords = '0 well, 1 a finding, 2 cannot tell, 64 usage, 78 the settings are refused';

interface SharedOptions {
  readonly directory: string;
  readonly timeout: Timeout;
  readonly json?: boolean;
}

function readTimeout(written: string): Timeout {
  const timeout = parseTimeout(written);
  if (timeout !== undefined) return timeout;
  throw new InvalidArgumentError('Expected a duration from 1ms to 1h with its unit ms, s or m, such as 60s.');
}

function leaf(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .addOption(new Option('--directory <folder>', 'the folder of the service').default('.'))
    .addOption(
      new Option('--timeout <duration>', 'how long each command of the service may take')
        .default({ ms: 60_000, written: '60s' } satisfies Timeout, '60s')
        .argParser(readTimeout),
    )
    .option('--json', 'print JSON')
    .addHelpText('after', `\nExit codes: ${exitCodeWords}`);
}

function environment(name: string, description: string): Argument {
  return new Argument(`<${name}>`, description).argParser((written: string) => {
    const read = readEnvironment(written);
    if ('environment' in read) return read.environment;
    throw new InvalidArgumentError(read.expected);
  });
}

async function openCall({ directory, timeout, json = false }: SharedOptions, output: Output): Promise<ConfigCall> {
  const { openService } = await import('../service/open-service.ts');
  return { service: openService(directory), timeout, json, output };
}

/** The commands of `seaworthy config`; each hands its exit code to `done`. What they run is loaded when it is needed. */
export function configGroup(output: Output, done: (exitCode: number) => void): Command {
  const show = leaf('show', 'show the settings of this environment, each with its origin').action(
    async (options: SharedOptions) => {
      const { showSettings } = await import('./show-settings.ts');
      done(await showSettings(await openCall(options, output)));
    },
  );
  const verify = leaf('verify', 'find every problem in the files of an environment')
    .addArgument(environment('environment', 'the environment to verify'))
    .action(async (name: Environment, options: SharedOptions) => {
      const { verifyEnvironment } = await import('./verify-environment.ts');
      done(await verifyEnvironment(await openCall(options, output), name));
    });
  const diff = leaf('diff', 'compare two environments; a difference needs a reason')
    .addArgument(environment('a', 'the first environment'))
    .addArgument(environment('b', 'the second environment'))
    .action(async (a: Environment, b: Environment, options: SharedOptions) => {
      if (a === b) throw usageError(`${a} twice`, 'two environments', 'seaworthy config diff staging production');
      const { compareEnvironments } = await import('./compare-environments.ts');
      done(await compareEnvironments(await openCall(options, output), [a, b]));
    });
  const docs = leaf('docs', 'write docs/defaults.md and the files of config/ again from the declarations')
    .option('--check', 'write nothing; exit 1 where a file is out of date')
    .action(async ({ check = false, ...options }: SharedOptions & { check?: boolean }) => {
      const { writeDocuments } = await import('./write-documents.ts');
      done(await writeDocuments(await openCall(options, output), { check }));
    });
  const group = new Command('config').description('show, verify, compare and document the settings of a service');
  for (const command of [show, verify, diff, docs]) group.addCommand(command);
  return group;
}
