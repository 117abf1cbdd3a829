import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { Migration } from './migration.ts';

const folder = path.resolve(import.meta.dirname, '../../migrations');

/** The migrations of this release for one kind of database, in their order. */
export function readMigrations(kind: 'sqlite' | 'postgres', from = folder): readonly Migration[] {
  return readdirSync(path.join(from, kind))
    .sort()
    .map((file) => readMigration(path.join(from, kind), file));
}

function readMigration(parent: string, file: string): Migration {
  const [, number, name] = /^([0-9]{4})-([a-z0-9-]+)\.sql$/.exec(file) ?? [];
  if (number === undefined || name === undefined)
    throw new Error(`${path.join(parent, file)}: expected a name such as 0005-more-columns.sql`);
  const contents = readFileSync(path.join(parent, file));
  const sha256 = createHash('sha256').update(contents).digest('hex');
  return { number: Number(number), name, file, sql: contents.toString(), sha256 };
}
