import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Client } from 'pg';
import { expect, it, onTestFinished } from 'vitest';

import { commandLine } from './background-commands.ts';
import { migrate, readFacts, startCommand, temporaryFolder } from './running-service.ts';
import { suspendPostgres } from './suspend-postgres.ts';

export interface PostgresUnderTest {
  /** An empty database, and the settings that name it. */
  readonly newDatabase: () => Promise<{ readonly database: string; readonly env: NodeJS.ProcessEnv }>;
  readonly connected: (database: string) => Promise<Client>;
  readonly query: (sql: string, database?: string) => Promise<Record<string, unknown>[]>;
}

const timeout = 120_000;

/** A CSV file that takes seconds to import. */
function manyOrders(): string {
  const folder = temporaryFolder();
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'orders.csv');
  const rows = Array.from({ length: 200_000 }, (_, index) => `A-${100_000 + index},SKU-1,1`);
  writeFileSync(file, `orderNumber,sku,quantity\n${rows.join('\n')}\n`);
  return file;
}

/** What a PostgreSQL that refuses or hangs makes of the start, an import and a job: an end that says why, in time. */
export function failingDatabaseContract(directory: string, { newDatabase, query, connected }: PostgresUnderTest): void {
  const { owner, commands } = readFacts(directory);
  const run = (command: string, env: NodeJS.ProcessEnv) =>
    startCommand(directory, command, { DEPLOY_ENVIRONMENT: 'test', HTTP_PORT: '0', ...env }).ended;
  const job = `${commandLine(directory, 'job')} daily-order-summary`;
  const everyCommandSays = async (stderr: string, env: NodeJS.ProcessEnv) => {
    const everyCommand = [commands.start, commandLine(directory, 'migrate'), job];
    const ended = await Promise.all(everyCommand.map((command) => run(command, env)));
    expect(ended).toEqual(everyCommand.map(() => ({ status: 1, lines: [], stderr })));
  };
  const url = (env: NodeJS.ProcessEnv) => String(env['DATABASE_URL']);
  const hidden = (env: NodeJS.ProcessEnv) => url(env).replace(/\/\/[^@]*@/, '//***:***@');
  const noAnswer = 'the connection to the database failed, or gave no answer in time';

  const unreachable = (got: string) => `StartError: there is no connection to the database. The service did not start.
   code      START_DATABASE_UNREACHABLE
   got       ${got}
   expected  a PostgreSQL that answers, has this database and lets this user in
   fix       start it, or correct DATABASE_URL
   retry     yes: once it answers
   owner     ${owner}
`;
  const failed = (got: string) => `StartError: the database failed. The service did not start.
   code      START_DATABASE_FAILED
   got       ${got}
   expected  a database that this user may read and write
   fix       mend what got says, or correct DATABASE_URL
   retry     yes: once that is mended
   owner     ${owner}
`;

  it('gives up an import, a start and a job when the database hangs', { timeout }, async () => {
    const [{ env, database }, other] = [await newDatabase(), await newDatabase()];
    const limits = { DATABASE_QUERY_TIMEOUT: '16s', DATABASE_POOL_WAIT_TIMEOUT: '2s' };
    for (const each of [env, other.env]) migrate(directory, each);
    const holder = await connected(other.database);
    await holder.query('BEGIN; LOCK TABLE schema_migrations');
    const starting = run(commands.start, { ...other.env, ...limits });
    const importing = run(`${commandLine(directory, 'import')} ${manyOrders()}`, { ...env, ...limits });
    await expect
      .poll(() => query('SELECT 1 FROM orders LIMIT 1', database), { timeout: 20_000, interval: 10 })
      .toHaveLength(1);
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = '${other.database}' AND wait_event_type = 'Lock'`;
    await expect.poll(() => query(waiting), { timeout: 20_000, interval: 10 }).toHaveLength(1);
    const wakeUp = await suspendPostgres(query);
    expect(await run(job, { ...env, ...limits })).toEqual({
      status: 1,
      lines: [],
      stderr: unreachable(hidden(env)),
    });
    expect(await starting).toEqual({ status: 1, lines: [], stderr: failed(noAnswer) });
    expect(await importing).toEqual({
      status: 1,
      lines: [],
      stderr: `ImportError: the import broke off. The batches before it are stored.
   code      IMPORT_INTERRUPTED
   got       ${noAnswer}
   expected  a file that can be read and a database that can be written to the end
   fix       free the disk or stop what holds the database, then import the same file
   retry     yes: the same file goes on after the last batch that is stored
   owner     ${owner}
`,
    });
    wakeUp();
    await holder.end();
  });

  it('says that there is no connection: a password that is wrong', async () => {
    const { env } = await newDatabase();
    await query("CREATE ROLE guarded LOGIN PASSWORD 'right'");
    const [row] = await query('SHOW hba_file');
    const file = String(row?.['hba_file']);
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, `host all guarded 127.0.0.1/32 scram-sha-256\n${before}`);
    await query('SELECT pg_reload_conf()');
    const DATABASE_URL = url(env).replace(/\/\/[^@]*@/, '//guarded:wrong@');
    await everyCommandSays(unreachable(hidden(env)), { ...env, DATABASE_URL });
    writeFileSync(file, before);
    await query('SELECT pg_reload_conf()');
  });

  it('says that there is no connection: a database that is not there', async () => {
    const { env } = await newDatabase();
    await everyCommandSays(unreachable(`${hidden(env)}_gone`), { ...env, DATABASE_URL: `${url(env)}_gone` });
  });

  it('says that there is no connection: nobody answers', async () => {
    const DATABASE_URL = 'postgres://app:hunter2@127.0.0.1:9/orders';
    await everyCommandSays(unreachable('postgres://***:***@127.0.0.1:9/orders'), { DATABASE_URL });
  });

  it('says what the database said to the start', async () => {
    const { env, database } = await newDatabase();
    migrate(directory, env);
    await query('CREATE ROLE reader LOGIN', database);
    const DATABASE_URL = url(env).replace(/\/\/[^@]*@/, '//reader@');
    await everyCommandSays(failed('permission denied for table schema_migrations'), { ...env, DATABASE_URL });
  });
}
