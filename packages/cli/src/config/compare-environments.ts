import { diffEnvironments, type Difference, type SettingsReport } from '@seaworthy/defaults';

import { exitCodes, settingsRefused, unexplainedDifference } from '../errors.ts';
import { writeJson } from '../output/screen.ts';
import { withProgress } from '../output/with-progress.ts';
import { writeTable } from '../output/write-table.ts';

import { allOrFirstFailure } from './all-or-first-failure.ts';
import type { ConfigCall } from './config-call.ts';
import type { Environment } from './environment.ts';
import { readReport } from './read-report.ts';

/** A line that nobody explained still has its value; what any other problem touches has none that could be compared. */
function unknownValues({ problems }: SettingsReport): number {
  return problems.filter(({ code }) => code !== 'CFG_UNDOCUMENTED').length;
}

function print(
  { json, output: { stdout } }: ConfigCall,
  reports: readonly SettingsReport[],
  differences: Difference[],
) {
  const environments = reports.map(({ environment }) => environment);
  if (json) {
    writeJson(stdout, { environments, differences });
    return;
  }
  if (differences.length === 0) {
    const count = Object.keys(reports[0]?.settings ?? {}).length;
    stdout.write(`${environments.join(' and ')}: the same ${count} settings\n`);
    return;
  }
  const rows = differences.map(({ name, values, why = 'nothing says why' }) => [name, ...values, why]);
  writeTable(stdout, ['name', ...environments, 'why'], rows);
}

/** `config diff`: the settings that two environments have differently, each with its reason. */
export async function compareEnvironments(
  call: ConfigCall,
  pair: readonly [Environment, Environment],
): Promise<number> {
  const { service, output } = call;
  const reports = await withProgress(output.stderr, `verifying ${pair.join(' and ')}`, () =>
    allOrFirstFailure(pair.map((environment) => readReport(call, environment))),
  );
  const [first, second] = reports as [SettingsReport, SettingsReport];
  const differences = diffEnvironments(first, second);
  print(call, reports, differences);
  const refused = reports.filter((report) => unknownValues(report) > 0).map(({ environment }) => environment);
  if (refused.length > 0) {
    const fix = refused.map((environment) => `seaworthy config verify ${environment}`).join(' && ');
    throw settingsRefused(`problems in ${refused.join(' and ')}: values there cannot be compared`, fix, service.owner);
  }
  const unexplained = differences.filter(({ why }) => why === undefined).map(({ name }) => name);
  if (unexplained.length > 0) throw unexplainedDifference(unexplained, pair, service.owner);
  return exitCodes.well;
}
