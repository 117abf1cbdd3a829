// Applies what is missing of migrations/ to the database of this environment: safe to run again, and from many hosts at once.
import { runCommand } from './command-error.ts';
import { withMigratedDatabase } from './database/with-migrated-database.ts';
import { createCommandLog } from './log.ts';
import { applyMigrations } from './migrations/apply-migrations.ts';
import { loadServiceSettings } from './settings.ts';

async function run(typed: readonly string[]): Promise<number> {
  if (typed.length > 0) {
    process.stderr.write('migrate: expected nothing\n');
    return 64;
  }
  const { settings } = loadServiceSettings();
  const log = createCommandLog(settings.logging);
  await withMigratedDatabase(settings, (database, migrations) => applyMigrations(database, migrations, log));
  return 0;
}

await runCommand(() => run(process.argv.slice(2)));
