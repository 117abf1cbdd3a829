import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { migrationFilesInvalid } from './migration-errors.ts';
import type { Migration } from './migration.ts';

const folder = path.resolve(import.meta.dirname, '../../migrations');

/**
 * The migrations of this release for one kind of database, in their order. What is no visible `.sql` file is passed over.
 *
 * @throws {CommandError} `START_MIGRATION_FILES_INVALID` for no file at all, for another name, and for a number twice.
 */
export function readMigrations(kind: 'sqlite' | 'postgres', from = folder): readonly Migration[] {
  const parent = path.join(from, kind);
  const files = existsSync(parent) ? readdirSync(parent).filter((file) => /^[^.].*\.sql$/.test(file)) : [];
  const problems = files.length === 0 ? [`no file in migrations/${kind}`] : [];
  const migrations: Migration[] = [];
  for (const file of files.sort()) {
    const migration = readMigration(parent, file);
    const before = migrations.at(-1);
    if (migration === undefined) problems.push(`${file}, which is no such name`);
    else if (migration.number === before?.number) problems.push(`${before.file} and ${file} with one number`);
    else migrations.push(migration);
  }
  if (problems.length > 0) throw migrationFilesInvalid(problems);
  return migrations;
}

function readMigration(parent: string, file: string): Migration | undefined {
  const [, number, name] = /^([0-9]{4})-([a-z0-9-]+)\.sql$/.exec(file) ?? [];
  if (number === undefined || name === undefined) return undefined;
  const contents = readFileSync(path.join(parent, file));
  const sha256 = createHash('sha256').update(contents).digest('hex');
  return { number: Number(number), name, file, sql: contents.toString(), sha256 };
}
