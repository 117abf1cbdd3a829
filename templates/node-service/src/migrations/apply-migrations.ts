import { databaseFailed } from '../command-error.ts';
import { databaseMessage, isDatabaseError } from '../driver-errors.ts';
import type { Log } from '../log.ts';

import { migrationChanged, migrationChangedMeanwhile, migrationFailed, migrationsPending } from './migration-errors.ts';
import type { MigratedDatabase, Migration } from './migration.ts';

export const newerDatabase = 'the database is newer than this release';

/**
 * Applies what is missing, file by file, and says so. Of any number of processes that begin at once one applies a file,
 * and the others wait for it.
 *
 * @throws {CommandError} `MIGRATION_FAILED` for the file that failed; `MIGRATION_CHANGED` before anything is applied, or
 * where somebody else has meanwhile applied another file with the same number.
 */
export async function applyMigrations(
  database: MigratedDatabase,
  migrations: readonly Migration[],
  log: Pick<Log, 'info' | 'warn'>,
): Promise<void> {
  const before = await appliedTo(database);
  const changed = migrations.filter(({ number, sha256 }) => (before.get(number) ?? sha256) !== sha256);
  if (changed.length > 0) throw migrationChanged(changed);
  let applied = 0;
  for (const migration of migrations.filter(({ number }) => !before.has(number))) {
    const startedAt = performance.now();
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const others = await apply(database, migration);
    if (others === undefined) {
      const { number, name } = migration;
      log.info({ number, name, durationMs: Math.round(performance.now() - startedAt) }, 'migration applied');
      applied += 1;
    } else if (others !== migration.sha256) throw migrationChangedMeanwhile(migration);
  }
  const numbers = unknownTo(migrations, before);
  if (numbers.length > 0) log.warn({ numbers }, newerDatabase);
  log.info({ applied, number: migrations.at(-1)?.number ?? 0 }, 'migrations applied');
}

async function appliedTo(database: MigratedDatabase): Promise<ReadonlyMap<number, string>> {
  try {
    return await database.applied();
  } catch (error) {
    throw isDatabaseError(error) ? databaseFailed(databaseMessage(error)) : error;
  }
}

async function apply(database: MigratedDatabase, migration: Migration): Promise<string | undefined> {
  try {
    return await database.apply(migration);
  } catch (error) {
    throw error instanceof Error ? migrationFailed(migration, databaseMessage(error)) : error;
  }
}

/** What a later release has applied: since migrations only add, this one works with it, and so it can be gone back to. */
function unknownTo(migrations: readonly Migration[], applied: ReadonlyMap<number, string>): readonly number[] {
  const known = new Set(migrations.map(({ number }) => number));
  return [...applied.keys()].filter((number) => !known.has(number)).sort((left, right) => left - right);
}

/**
 * Looks whether everything is applied that this release needs, and returns what a later one has applied besides.
 *
 * @throws {CommandError} `START_MIGRATION_PENDING`, `START_DATABASE_FAILED`
 */
export async function refusePending(
  database: MigratedDatabase,
  migrations: readonly Migration[],
): Promise<readonly number[]> {
  const applied = await appliedTo(database);
  const pending = migrations.filter(({ number }) => !applied.has(number));
  if (pending.length > 0) throw migrationsPending(pending.map(({ number }) => number));
  return unknownTo(migrations, applied);
}
