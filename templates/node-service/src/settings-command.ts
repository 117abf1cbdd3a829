// Prints the settings of this environment with their origin, checks the files of any environment, and writes the documents.
import { describeSettings, SettingsError, type Stage } from '@seaworthy/defaults';

import { runCommand } from './command-error.ts';
import { envFile, isEmptiedByTheShell, jsonSchema, settingsPage, settingsReport } from './settings-documents.ts';
import { groups, loadServiceSettings } from './settings.ts';

const usage = 'settings: expected nothing, docs, env [production|staging], schema, or verify ENVIRONMENT';

function print(document: string | object): number {
  process.stdout.write(typeof document === 'string' ? document : `${JSON.stringify(document, null, 2)}\n`);
  return 0;
}

function refuse(message: string): number {
  process.stderr.write(`${message}\n`);
  return 64;
}

function writeFile(stage: 'production' | 'staging'): number {
  if (!isEmptiedByTheShell(stage)) return print(envFile(stage));
  const what = `settings: ${stage}.env was emptied before it could be read`;
  return refuse(`${what}: restore it, and write to another file first`);
}

function verify(environment: Stage): number {
  const report = settingsReport(environment);
  print(report);
  const { problems, settings } = report;
  if (problems.length === 0) return 0;
  throw new SettingsError(problems, Object.keys(settings).length, environment, 'The configuration was refused.');
}

function run([command, name, ...more]: readonly string[]): number {
  if (more.length > 0) return refuse(usage);
  switch (`${command ?? ''} ${name ?? ''}`.trim()) {
    case '':
      return print(describeSettings(groups, loadServiceSettings()));
    case 'docs':
      return print(settingsPage());
    case 'env':
    case 'env production':
      return writeFile('production');
    case 'env staging':
      return writeFile('staging');
    case 'schema':
      return print(jsonSchema());
    default:
  }
  const stages = ['development', 'test', 'staging', 'production'] as const;
  const stage = stages.find((each) => each === name);
  if (command !== 'verify') return refuse(usage);
  return stage === undefined ? refuse(`settings: expected verify and one of ${stages.join(', ')}`) : verify(stage);
}

await runCommand(() => run(process.argv.slice(2)));
