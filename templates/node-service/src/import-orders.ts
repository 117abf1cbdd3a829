// Imports a CSV file of orders: safe to run again, exits 1 when a line was refused.
import { runCommand } from './command-error.ts';
import { importFileMissing, importStopped } from './import-errors.ts';
import { createCommandLog } from './log.ts';
import { runImport } from './run-import.ts';
import { loadServiceSettings } from './settings.ts';
import { abortedBySignals } from './stop-signals.ts';

async function run([path = '', ...more]: readonly string[]): Promise<number> {
  if (path === '' || more.length > 0) throw importFileMissing();
  const signal = abortedBySignals(importStopped);
  const { settings } = loadServiceSettings();
  return runImport(path, { settings, log: createCommandLog(settings.logging), signal });
}

await runCommand(() => run(process.argv.slice(2)));
