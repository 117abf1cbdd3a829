import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { migrate, sqliteStore } from '@seaworthy/jobs';
import { describe, expect, it, onTestFinished } from 'vitest';

import { applyMigrations, refusePending } from '../../src/migrations/apply-migrations.ts';
import type { Migration } from '../../src/migrations/migration.ts';
import { readMigrations } from '../../src/migrations/read-migrations.ts';
import { sqliteMigrations } from '../../src/migrations/sqlite-migrations.ts';

import { importing } from './importing.ts';
import { keptLog } from './kept-log.ts';

const shipped = path.resolve(import.meta.dirname, '../../migrations');

function emptyDatabase() {
  const connection = new DatabaseSync(':memory:');
  onTestFinished(() => connection.close());
  const database = sqliteMigrations(connection);
  const { log, lines } = keptLog();
  const tables = () =>
    connection
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      .all()
      .map(({ name }) => name);
  return { connection, database, log, lines, tables };
}

/** Migrations as text, in a folder of their own. */
async function written(files: Readonly<Record<string, string>>) {
  const { folder } = await importing({ hasDatabase: false });
  mkdirSync(path.join(folder, 'sqlite'));
  for (const [file, sql] of Object.entries(files)) writeFileSync(path.join(folder, 'sqlite', file), sql);
  return { folder, read: () => readMigrations('sqlite', folder) };
}

describe('applying', () => {
  it('brings an empty database to this release, and says so file by file', async () => {
    const { database, log, lines, tables } = emptyDatabase();
    await applyMigrations(database, readMigrations('sqlite'), log);
    expect(tables()).toEqual(['idempotency_keys', 'order_summaries', 'orders', 'schema_migrations', 'seaworthy_jobs']);
    const applied = lines.map(({ message, number, name, applied: count }) => [message, number, name, count]);
    expect(applied).toEqual([
      ['migration applied', 1, 'orders', undefined],
      ['migration applied', 2, 'job-ledger', undefined],
      ['migration applied', 3, 'order-summaries', undefined],
      ['migration applied', 4, 'idempotency-keys', undefined],
      ['migrations applied', 4, undefined, 4],
    ]);
    expect(await refusePending(database, readMigrations('sqlite'))).toEqual([]);
  });

  it('does nothing a second time', async () => {
    const { database, log, lines } = emptyDatabase();
    await applyMigrations(database, readMigrations('sqlite'), log);
    const before = lines.length;
    await applyMigrations(database, readMigrations('sqlite'), log);
    expect(lines.slice(before)).toMatchObject([{ message: 'migrations applied', applied: 0, number: 4 }]);
  });

  it('adopts a database from before there were migrations', async () => {
    const { connection, database, log } = emptyDatabase();
    const [orders] = readMigrations('sqlite');
    connection.exec(orders?.sql ?? '');
    connection.exec("INSERT INTO orders (order_number, sku, quantity, created_at) VALUES ('A-1001', 'S', 1, '')");
    await applyMigrations(database, readMigrations('sqlite'), log);
    expect(connection.prepare('SELECT order_number FROM orders').all()).toEqual([{ order_number: 'A-1001' }]);
  });

  it('makes the ledger of the jobs as their package makes it', async () => {
    const columns = (connection: DatabaseSync) => ({
      columns: connection.prepare('PRAGMA table_info(seaworthy_jobs)').all(),
      indexes: connection.prepare("SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name").all(),
    });
    const theirs = emptyDatabase();
    await migrate(sqliteStore({ database: theirs.connection }));
    const ours = emptyDatabase();
    const [, ledger] = readMigrations('sqlite');
    ours.connection.exec(ledger?.sql ?? '');
    expect(columns(ours.connection)).toEqual(columns(theirs.connection));
  });

  it('rolls a file back that fails, keeps those before it, and goes on there', async () => {
    const { database, log, tables } = emptyDatabase();
    const { folder, read } = await written({
      '0001-one.sql': 'CREATE TABLE one (a INTEGER);\n',
      '0002-two.sql': 'CREATE TABLE two (a INTEGER);\nCREATE TABLE one (a INTEGER);\n',
    });
    const failing = applyMigrations(database, read(), log);
    await expect(failing).rejects.toMatchObject({ code: 'MIGRATION_FAILED', exitCode: 1 });
    await expect(failing).rejects.toThrow('   got       0002-two.sql: table one already exists\n');
    expect(tables()).toEqual(['one', 'schema_migrations']);
    writeFileSync(path.join(folder, 'sqlite/0002-two.sql'), 'CREATE TABLE two (a INTEGER);\n');
    await applyMigrations(database, read(), log);
    expect(tables()).toEqual(['one', 'schema_migrations', 'two']);
  });

  it('refuses files that were changed after they were applied, before it applies any', async () => {
    const { database, log, tables } = emptyDatabase();
    const { folder, read } = await written({ '0001-one.sql': 'CREATE TABLE one (a INTEGER);\n' });
    await applyMigrations(database, read(), log);
    writeFileSync(path.join(folder, 'sqlite/0001-one.sql'), 'CREATE TABLE one (a TEXT);\n');
    writeFileSync(path.join(folder, 'sqlite/0002-two.sql'), 'CREATE TABLE two (a INTEGER);\n');
    const refused = applyMigrations(database, read(), log);
    await expect(refused).rejects.toMatchObject({ code: 'MIGRATION_CHANGED', exitCode: 1 });
    await expect(refused).rejects.toThrow('   got       0001-one.sql with other content than was applied\n');
    expect(tables()).toEqual(['one', 'schema_migrations']);
  });

  it('leaves a newer database as it is, and says so', async () => {
    const { database, log, lines } = emptyDatabase();
    const { read } = await written({
      '0001-one.sql': 'CREATE TABLE one (a INTEGER);\n',
      '0002-two.sql': 'CREATE TABLE two (a INTEGER);\n',
    });
    await applyMigrations(database, read(), log);
    const before = lines.length;
    const older = read().slice(0, 1);
    expect(await refusePending(database, older)).toEqual([2]);
    await applyMigrations(database, older, log);
    expect(lines.slice(before)).toMatchObject([
      { level: 'warn', message: 'the database is newer than this release', numbers: [2] },
      { message: 'migrations applied', applied: 0, number: 1 },
    ]);
  });

  it('that somebody else has done meanwhile is not done again', async () => {
    const { database } = emptyDatabase();
    const [orders] = readMigrations('sqlite');
    expect(orders && [await database.apply(orders), await database.apply(orders)]).toEqual([undefined, orders?.sha256]);
  });

  it('that somebody else has done meanwhile with another file is refused, and those before it stay', async () => {
    const { database, log, lines, tables } = emptyDatabase();
    const ours = await written({
      '0001-one.sql': 'CREATE TABLE one (a INTEGER);\n',
      '0002-ours.sql': 'CREATE TABLE ours (a INTEGER);\n',
    });
    const theirs = await written({ '0002-theirs.sql': 'CREATE TABLE theirs (a INTEGER);\n' });
    const [first] = theirs.read();
    const interrupted = {
      ...database,
      async apply(migration: Migration) {
        if (migration.number === 2 && first !== undefined) await database.apply(first);
        return database.apply(migration);
      },
    };
    await expect(applyMigrations(interrupted, ours.read(), log)).rejects.toThrow(
      `MigrationError: an applied migration was changed. Those before it are applied.
   code      MIGRATION_CHANGED
   got       0002-ours.sql with other content than was applied
`,
    );
    expect(tables()).toEqual(['one', 'schema_migrations', 'theirs']);
    expect(lines).toMatchObject([{ message: 'migration applied', name: 'one' }]);
  });
});

it('what is pending is named', async () => {
  const { database } = emptyDatabase();
  await expect(refusePending(database, readMigrations('sqlite'))).rejects.toThrow(
    `StartError: migrations are pending. The service did not start.
   code      START_MIGRATION_PENDING
   got       0001, 0002, 0003, 0004 not applied
   expected  a database to which every file of migrations/ was applied
   fix       make migrate
   retry     yes: once they are applied
   owner     marlin-team`,
  );
});

it('files that cannot be told apart are a mistake, each of which is named', async () => {
  const { read } = await written({ '0001-a.sql': '', '0001-b.sql': '', '0002-c.sql': '', '5-late.sql': '' });
  expect(read).toThrow(
    `StartError: the files of migrations/ cannot be used. The service did not start.
   code      START_MIGRATION_FILES_INVALID
   got       0001-a.sql and 0001-b.sql with one number; 5-late.sql, which is no such name
   expected  files such as 0005-more-columns.sql, each number once
   fix       deploy the whole folder; a new file gets the next number
   retry     no: the same files fail again
   owner     marlin-team`,
  );
});

it('what an editor or a file system leaves beside them is passed over', async () => {
  const { read } = await written({ '.DS_Store': '', '._0001-a.sql': '', '0001-a.sql': '', '0001-a.sql.orig': '' });
  expect(read().map(({ file }) => file)).toEqual(['0001-a.sql']);
});

it('no file at all is a mistake, also where the folder is missing', async () => {
  const { folder, read } = await written({});
  for (const nothing of [read, () => readMigrations('sqlite', path.join(folder, 'nowhere'))])
    expect(nothing).toThrow('   got       no file in migrations/sqlite\n');
});

/** What would break the release before, which still runs while a new one is deployed and comes back with a rollback. */
const breaking: readonly RegExp[] = [
  /\b(DROP|RENAME|TRUNCATE)\b/,
  /\bALTER\s+(COLUMN\s+)?\S+\s+(SET\s+DATA\s+)?TYPE\b/,
  /\bSET\s+NOT\s+NULL\b/,
  /\bADD\s+(COLUMN\s+)?(?!CONSTRAINT\b)[^,;]*\bNOT\s+NULL\b(?![^,;]*\bDEFAULT\b)(?<!\bDEFAULT\b[^,;]*)/,
  // What it wants of new rows the release before does not know.
  /\bCREATE\s+UNIQUE\b/,
  /\bADD\s+(CONSTRAINT\s+\S+\s+)?(UNIQUE|CHECK|PRIMARY|FOREIGN|EXCLUDE)\b/,
  // Rows are no migration: there may be millions, and that release reads them.
  /\bDELETE\s+FROM\b/,
  /\bUPDATE\s+(ONLY\s+)?[^\s;]+(\s+(AS\s+)?[^\s;]+)?\s+SET\b/,
  // A file is one transaction already.
  /\b(BEGIN|COMMIT|ROLLBACK|CONCURRENTLY)\b/,
];

function breaks(sql: string): boolean {
  const statements = sql
    .replaceAll(/--.*$|\/\*[^]*?\*\//gm, ' ')
    .toUpperCase()
    .replaceAll(/\bCREATE\s+TABLE\b[^;]*;/g, ' ');
  return breaking.some((pattern) => pattern.test(statements));
}

describe('migrations only add', () => {
  it.each([
    'DROP TABLE orders;',
    'ALTER TABLE orders RENAME COLUMN sku TO article;',
    'ALTER TABLE orders ALTER COLUMN quantity TYPE BIGINT;',
    'ALTER TABLE orders ALTER quantity SET DATA TYPE BIGINT;',
    'alter table orders alter column note set not null;',
    'ALTER TABLE orders ADD COLUMN note TEXT NOT NULL;',
    'ALTER TABLE orders ADD note TEXT NOT NULL;',
    'COMMIT;',
    'CREATE INDEX CONCURRENTLY orders_sku ON orders (sku);',
    'CREATE UNIQUE INDEX orders_sku ON orders (sku);',
    'ALTER TABLE orders ADD UNIQUE (sku);',
    'ALTER TABLE orders ADD CONSTRAINT small CHECK (quantity < 100);',
    'alter table orders add check (quantity < 100);',
    'ALTER TABLE orders ADD CONSTRAINT known FOREIGN KEY (sku) REFERENCES skus (sku);',
    'DELETE FROM orders;',
    "UPDATE orders SET sku = 'S';",
    "UPDATE ONLY orders AS o SET sku = 'S';",
  ])('and %s is no addition', (sql) => {
    expect(breaks(sql)).toBe(true);
  });

  it.each([
    "ALTER TABLE orders ADD COLUMN note TEXT NOT NULL DEFAULT '';",
    "ALTER TABLE orders ADD COLUMN note TEXT DEFAULT '' NOT NULL;",
    'ALTER TABLE orders ADD COLUMN note TEXT;',
    "INSERT INTO skus VALUES ('S') ON CONFLICT (sku) DO UPDATE SET sku = excluded.sku;",
    'CREATE TABLE notes (text TEXT NOT NULL);',
    '-- nobody would DROP this\nCREATE INDEX orders_sku ON orders (sku);',
    '/* no DROP\n either */ CREATE INDEX orders_sku ON orders (sku);',
  ])('as %s does', (sql) => {
    expect(breaks(sql)).toBe(false);
  });

  it.each(['sqlite', 'postgres'] as const)('in every file for %s', (kind) => {
    const migrations = readMigrations(kind);
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1));
    expect(migrations.filter(({ number, sql }) => number > 1 && breaks(sql)).map(({ file }) => file)).toEqual([]);
  });

  it('and have the same numbers and names for both databases', () => {
    expect(readdirSync(path.join(shipped, 'postgres'))).toEqual(readdirSync(path.join(shipped, 'sqlite')));
  });

  it('and end each statement at the end of a line, so that every driver can tell them apart', () => {
    for (const kind of ['sqlite', 'postgres'])
      for (const file of readdirSync(path.join(shipped, kind)))
        expect(readFileSync(path.join(shipped, kind, file), 'utf8').replaceAll(/^--.*$|;\n/gm, '')).not.toContain(';');
  });
});
