import { SettingsError, type SettingsReport } from '@seaworthy/defaults';

import { exitCodes } from '../errors.ts';
import { printableLines } from '../output/printable.ts';
import { writeJson } from '../output/screen.ts';
import { withProgress } from '../output/with-progress.ts';

import type { ConfigCall } from './config-call.ts';
import type { Environment } from './environment.ts';
import { readReport } from './read-report.ts';

function counts({ environment, settings }: SettingsReport): string {
  const origins = Object.values(settings).map(({ origin }) => origin);
  const stated = origins.filter((origin) => origin.startsWith('file ')).length;
  const atStart = origins.filter((origin) => origin === 'from the environment at start').length;
  return `${environment}: ${origins.length} settings, ${stated} stated, ${atStart} from the environment at start`;
}

/** `config verify`: every problem that the service finds in the files of an environment. */
export async function verifyEnvironment(call: ConfigCall, environment: Environment): Promise<number> {
  const { stdout, stderr } = call.output;
  const report = await withProgress(stderr, `verifying ${environment}`, () => readReport(call, environment));
  const { problems, settings } = report;
  if (call.json) writeJson(stdout, report);
  else if (problems.length === 0) stdout.write(`${counts(report)}\n`);
  else {
    const count = Object.keys(settings).length;
    const refusal = new SettingsError(problems, count, environment, 'The configuration was refused.');
    stdout.write(printableLines(String(refusal)));
  }
  return problems.length === 0 ? exitCodes.well : exitCodes.settings;
}
