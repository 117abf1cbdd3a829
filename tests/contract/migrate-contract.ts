import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { commandLine, query } from './background-commands.ts';
import { ask } from './http-client.ts';
import {
  logLines,
  readFacts,
  runCommand,
  startCommand,
  startService,
  temporaryFolder,
  type LogLine,
} from './running-service.ts';

/** Bringing a database to a release is a step of its own, which every other one waits for. */
export function migrateContract(directory: string): void {
  const { owner, commands } = readFacts(directory);
  let folder: string;
  let databaseFile: string;
  beforeEach(() => {
    folder = temporaryFolder();
    databaseFile = path.join(folder, 'orders.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const environment = () => ({ DATABASE_URL: `sqlite:${databaseFile}`, DEPLOY_ENVIRONMENT: 'test', HTTP_PORT: '0' });
  const migrate = (typed = '') =>
    startCommand(directory, `${commandLine(directory, 'migrate')} ${typed}`, environment()).ended;
  const told = (lines: readonly LogLine[]) =>
    lines.map(({ level, message, number, name, applied }) => ({ level, message, number, name, applied }));
  const finished = (applied: number) => ({ level: 'info', message: 'migrations applied', number: 4, applied });
  const appliedIn = (lines: readonly LogLine[]) => lines.filter(({ message }) => message === 'migration applied');

  it('applies what is missing, file by file, and nothing a second time', async () => {
    const first = await migrate();
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(told(first.lines)).toEqual([
      ...['orders', 'job-ledger', 'order-summaries', 'idempotency-keys'].map((name, index) => ({
        level: 'info',
        message: 'migration applied',
        number: index + 1,
        name,
      })),
      finished(4),
    ]);
    const again = await migrate();
    expect(again).toMatchObject({ status: 0, stderr: '' });
    expect(told(again.lines)).toEqual([finished(0)]);
    const files = readdirSync(path.join(directory, 'migrations/sqlite'));
    const rows = query(databaseFile, 'SELECT number, name, sha256, applied_at FROM schema_migrations ORDER BY number');
    expect(rows.map(({ number, name }) => `${String(number).padStart(4, '0')}-${String(name)}.sql`)).toEqual(files);
    for (const { sha256, applied_at: appliedAt } of rows) {
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(appliedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
  });

  it('is what service.json says', () => {
    const { status, stdout } = runCommand(directory, commands.migrate ?? 'false', environment());
    expect(status).toBe(0);
    expect(stdout).toContain('"message":"migrations applied"');
  });

  it('applies each file once, however many begin at the same time', async () => {
    const ended = await Promise.all([migrate(), migrate(), migrate()]);
    expect(ended.map(({ status, stderr }) => ({ status, stderr }))).toEqual(
      ended.map(() => ({ status: 0, stderr: '' })),
    );
    expect(appliedIn(ended.flatMap(({ lines }) => lines))).toHaveLength(4);
  });

  it('adopts the tables of a release that had no migrations', async () => {
    await migrate();
    for (const table of ['schema_migrations', 'idempotency_keys']) query(databaseFile, `DROP TABLE ${table}`);
    query(databaseFile, "INSERT INTO orders (order_number, sku, quantity, created_at) VALUES ('A-1001', 'S', 1, '')");
    expect(appliedIn((await migrate()).lines)).toHaveLength(4);
    expect(query(databaseFile, 'SELECT order_number FROM orders')).toEqual([{ order_number: 'A-1001' }]);
  });

  it('refuses files that were changed after they were applied', async () => {
    await migrate();
    query(databaseFile, "UPDATE schema_migrations SET sha256 = 'another' WHERE number IN (1, 3)");
    query(databaseFile, 'DELETE FROM schema_migrations WHERE number = 4');
    expect(await migrate()).toEqual({
      status: 1,
      lines: [],
      stderr: `MigrationError: an applied migration was changed. Nothing was applied.
   code      MIGRATION_CHANGED
   got       0001-orders.sql, 0003-order-summaries.sql with other content than was applied
   expected  files that stay as they were when they were applied
   fix       restore the file, and put the change into a new one with the next number
   retry     no: the same files fail again
   owner     ${owner}
`,
    });
  });

  it('names the file that fails, and keeps those before it', async () => {
    await migrate();
    query(databaseFile, 'DELETE FROM schema_migrations WHERE number > 2');
    const { status, lines, stderr } = await migrate();
    expect({ status, lines: told(lines) }).toMatchObject({ status: 1, lines: [{ number: 3 }] });
    expect(stderr).toMatch(
      new RegExp(`^MigrationError: a migration failed and was rolled back\\. Those before it are applied\\.
   code      MIGRATION_FAILED
   got       0004-idempotency-keys\\.sql: table idempotency_keys already exists
   expected  a database on which every statement of the file succeeds
   fix       mend what the database says, then run make migrate again
   retry     yes: nothing of the file was applied
   owner     ${owner}
$`),
    );
  });

  it('says that a database is newer, and the service says it too and works with it', async () => {
    await migrate();
    query(databaseFile, "INSERT INTO schema_migrations VALUES (9, 'later', '', ''), (7, 'late', '', '')");
    const newer = { level: 'warn', message: 'the database is newer than this release', numbers: [7, 9] };
    const { status, lines } = await migrate();
    expect(status).toBe(0);
    expect(lines).toMatchObject([newer, finished(0)]);
    const service = await startService(directory, environment());
    expect((await ask(`${service.address}/orders`)).status).toBe(200);
    await expect.poll(() => service.lines[1]).toMatchObject(newer);
    expect(await service.stop()).toBe(0);
  });

  it('is waited for by the service, the import and the jobs', async () => {
    await migrate();
    query(databaseFile, 'DELETE FROM schema_migrations WHERE number > 2');
    const file = path.join(folder, 'orders.csv');
    writeFileSync(file, 'orderNumber,sku,quantity\nA-1001,S,1\n');
    const waiting = [
      commands.start,
      `${commandLine(directory, 'import')} ${file}`,
      `${commandLine(directory, 'job')} daily-order-summary`,
    ].map((command) => startCommand(directory, command, environment()).ended);
    for (const ended of await Promise.all(waiting))
      expect(ended).toEqual({
        status: 1,
        lines: [],
        stderr: `StartError: migrations are pending. The service did not start.
   code      START_MIGRATION_PENDING
   got       0003, 0004 not applied
   expected  a database to which every file of migrations/ was applied
   fix       make migrate
   retry     yes: once they are applied
   owner     ${owner}
`,
      });
    expect(query(databaseFile, 'SELECT * FROM orders')).toEqual([]);
  });

  it('takes no argument', async () => {
    expect(await migrate('0001')).toEqual({ status: 64, lines: [], stderr: 'migrate: expected nothing\n' });
  });

  it('asks which environment is meant', () => {
    const { status, stdout } = runCommand(directory, commandLine(directory, 'migrate'), {});
    expect({ status, lines: logLines(stdout) }).toEqual({ status: 78, lines: [] });
  });
}
