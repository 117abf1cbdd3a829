// Imports a CSV file of orders: safe to run again, exits 1 when a line was refused.
import { importFileMissing, importInterrupted, runCommand } from './command-error.ts';
import { isDatabaseUnavailable, openDatabase } from './database.ts';
import { importOrders } from './import-csv.ts';
import { createLog } from './log.ts';
import { loadServiceSettings } from './settings.ts';

async function run(): Promise<number> {
  const file = process.argv[2] ?? '';
  if (file === '') throw importFileMissing();
  const { settings } = loadServiceSettings();
  const log = createLog(settings.logging);
  const database = await openDatabase(settings.service.databaseUrl, () => undefined);
  const startedAt = performance.now();
  try {
    const counts = await importOrders(database, file, (line, reason) =>
      log.warn({ line, reason }, 'import line refused'),
    );
    const durationMs = Math.round(performance.now() - startedAt);
    log[counts.refused === 0 ? 'info' : 'warn']({ ...counts, durationMs }, 'import finished');
    return counts.refused === 0 ? 0 : 1;
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw importInterrupted(error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    await database.destroy();
  }
}

await runCommand(run);
