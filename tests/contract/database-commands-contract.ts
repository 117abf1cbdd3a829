import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';

import type pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';

import { commandLine } from './background-commands.ts';
import { migrate, readFacts, startCommand, temporaryFolder } from './running-service.ts';

const timeout = 90_000;

/** A PostgreSQL in which each test has a database of its own. */
interface Databases {
  readonly newDatabase: () => Promise<{
    readonly database: string;
    readonly env: Readonly<Record<'DATABASE_URL' | 'CACHE_URL', string>>;
  }>;
  readonly connected: (database: string) => Promise<pg.Client>;
  readonly query: (sql: string, database?: string) => Promise<Record<string, unknown>[]>;
}

/** What commands promise where others use the same PostgreSQL at the same time. */
export function databaseCommandsContract(directory: string, { newDatabase, connected, query }: Databases): void {
  const { owner } = readFacts(directory);
  const untilWaiting = (database: string) => {
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = '${database}' AND wait_event_type = 'Lock'`;
    return expect.poll(() => query(waiting), { timeout: 20_000 }).toHaveLength(1);
  };

  describe('migrating', () => {
    const lock = 'SELECT pg_advisory_xact_lock(1835496052)';
    const run = (env: NodeJS.ProcessEnv) =>
      startCommand(directory, commandLine(directory, 'migrate'), { ...env, DEPLOY_ENVIRONMENT: 'test' }).ended;

    it('waits for somebody else longer than the role may wait in a request', { timeout }, async () => {
      const { database, env } = await newDatabase();
      for (const limit of ['lock_timeout', 'statement_timeout'])
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        await query(`ALTER ROLE postgres IN DATABASE ${database} SET ${limit} = '300ms'`);
      const other = await connected(database);
      await other.query('BEGIN; SET LOCAL statement_timeout = 0');
      await other.query(lock);
      const migrating = run(env);
      await untilWaiting(database);
      // Longer than the limits of the role.
      await other.query('SELECT pg_sleep(1)');
      await other.query('COMMIT');
      await other.end();
      expect(await migrating).toMatchObject({ status: 0, stderr: '' });
    });

    it('gives up where a table is held, rather than hold up everybody behind it', { timeout }, async () => {
      const { database, env } = await newDatabase();
      migrate(directory, env);
      await query('DROP TABLE idempotency_keys; DELETE FROM schema_migrations WHERE number <> 1', database);
      const other = await connected(database);
      await other.query('BEGIN; LOCK TABLE seaworthy_jobs IN ROW EXCLUSIVE MODE');
      const { status, lines, stderr } = await run(env);
      await other.end();
      expect({ status, lines }).toEqual({ status: 1, lines: [] });
      const got = '0002-job-ledger.sql: canceling statement due to lock timeout';
      expect(stderr).toContain(`   code      MIGRATION_FAILED\n   got       ${got}\n`);
      expect(await run(env)).toMatchObject({ status: 0, stderr: '' });
    });

    it('refuses to pass over another file that somebody applies under its number meanwhile', { timeout }, async () => {
      const { database, env } = await newDatabase();
      migrate(directory, env);
      await query('DROP TABLE idempotency_keys; DELETE FROM schema_migrations WHERE number = 4', database);
      const other = await connected(database);
      await other.query('BEGIN');
      await other.query(lock);
      const migrating = run(env);
      await untilWaiting(database);
      await other.query("INSERT INTO schema_migrations VALUES (4, 'theirs', 'another', '')");
      await other.query('COMMIT');
      await other.end();
      expect(await migrating).toEqual({
        status: 1,
        lines: [],
        stderr: `MigrationError: an applied migration was changed. Those before it are applied.
   code      MIGRATION_CHANGED
   got       0004-idempotency-keys.sql with other content than was applied
   expected  files that stay as they were when they were applied
   fix       restore the file, and put the change into a new one with the next number
   retry     no: the same files fail again
   owner     ${owner}
`,
      });
    });
  });

  describe('importing', () => {
    /** An import that waits for an order which somebody else stores at this moment. */
    async function waiting(through: (url: string) => Promise<string> = (url) => Promise.resolve(url)) {
      const { database, env } = await newDatabase();
      migrate(directory, env);
      const folder = temporaryFolder();
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const file = path.join(folder, 'orders.csv');
      writeFileSync(file, 'orderNumber,sku,quantity\nA-1003,S,1\nA-1002,S,1\n');
      const other = await connected(database);
      const store = (orderNumber: string) =>
        other.query(
          `INSERT INTO orders (order_number, sku, quantity, created_at) VALUES ('${orderNumber}', 'S', 1, '')`,
        );
      await other.query('BEGIN');
      await store('A-1002');
      const DATABASE_URL = await through(env.DATABASE_URL);
      const importing = startCommand(directory, `${commandLine(directory, 'import')} ${file}`, {
        ...env,
        DATABASE_URL,
        DEPLOY_ENVIRONMENT: 'test',
      });
      await untilWaiting(database);
      return { other, store, ended: importing.ended };
    }

    it('meets another import of the same rows in another order', { timeout }, async () => {
      const { other, store, ended } = await waiting();
      await store('A-1003');
      await other.query('COMMIT');
      await other.end();
      const { status, lines, stderr } = await ended;
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(lines).toMatchObject([{ message: 'import finished', imported: 0, alreadyThere: 2, refused: 0 }]);
    });

    it('says that its connection was lost', { timeout }, async () => {
      const wires: Socket[] = [];
      const { other, ended } = await waiting(async (url) => {
        const target = new URL(url);
        const [port, host] = [Number(target.port), target.hostname];
        const proxy = createServer((near) => {
          const far = connect(port, host);
          wires.push(near, far);
          for (const [from, to] of [
            [near, far],
            [far, near],
          ] as const)
            from.on('error', () => to.destroy()).pipe(to);
        });
        onTestFinished(() => void proxy.close());
        await once(proxy.listen(0, '127.0.0.1'), 'listening');
        target.port = String((proxy.address() as AddressInfo).port);
        return String(target);
      });
      wires.forEach((wire) => wire.destroy());
      // What the server still does for it ends now, and with it the lock on the ledger.
      await other.end();
      expect(await ended).toEqual({
        status: 1,
        lines: [],
        stderr: `ImportError: the import broke off. The batches before it are stored.
   code      IMPORT_INTERRUPTED
   got       the connection to the database failed, or gave no answer in time
   expected  a file that can be read and a database that can be written to the end
   fix       free the disk or stop what holds the database, then import the same file
   retry     yes: the same file goes on after the last batch that is stored
   owner     ${owner}
`,
      });
    });
  });
}
