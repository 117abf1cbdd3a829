import { exitCodes, settingsRefused } from '../errors.ts';
import { withProgress } from '../output/with-progress.ts';
import { writeJson } from '../output/screen.ts';
import { writeTable } from '../output/write-table.ts';
import { askService, commandFacts } from '../service/ask-service.ts';
import { parseDescription } from '../service/parse-answer.ts';

import type { ConfigCall } from './config-call.ts';

/** `config show`: the settings of this process's environment, or the service's own words where it refuses them. */
export async function showSettings({ service, timeout, json, output }: ConfigCall): Promise<number> {
  const { stdout, stderr } = output;
  const answer = await withProgress(stderr, 'loading the settings', () => askService(service, [], { timeout, stderr }));
  if (answer.refused && answer.stderr.trim() === '') {
    const fix = `run ${service.commands.settings} and read its exit code: 78 without a word`;
    throw settingsRefused('no word about why', fix, service.owner);
  }
  stderr.write(answer.stderr);
  if (answer.refused) return exitCodes.settings;
  const description = parseDescription(commandFacts(service, []), answer.stdout);
  if (json) {
    writeJson(stdout, description);
    return exitCodes.well;
  }
  const settings = Object.entries(description.settings);
  const explained = settings.some(([, { why }]) => why !== undefined);
  const rows = settings.map(([name, { value, origin, why = '' }]) => [
    name,
    value,
    origin,
    ...(explained ? [why] : []),
  ]);
  writeTable(stdout, ['name', 'value', 'origin', ...(explained ? ['why'] : [])], rows);
  return exitCodes.well;
}
