import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';

import { serviceName } from '../../src/service.ts';

import { describePostgres, startPostgres, type OwnServer } from './own-server.ts';
import { environment, migrate, root, run, startService, temporaryFolder } from './started-service.ts';

const timeout = 120_000;
const json = { 'content-type': 'application/json' };
const header = 'orderNumber,sku,quantity\n';

describePostgres('with PostgreSQL', () => {
  let server: OwnServer;
  let database = 0;
  let url: string;
  beforeAll(async () => {
    server = await startPostgres();
  }, timeout);
  afterAll(() => server.stop());
  // A database for each test.
  beforeEach(async () => {
    database += 1;
    await query(server.url, `CREATE DATABASE test_${database}`);
    url = server.url.replace(/\/postgres$/, `/test_${database}`);
  });

  async function query(location: string, sql: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: location });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** A connection that stays open, for what another process does meanwhile. */
  async function connected(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    onTestFinished(() => client.end());
    return client;
  }

  function prepared(env: NodeJS.ProcessEnv = {}) {
    const folder = temporaryFolder();
    return { folder, env: environment(folder, { DATABASE_URL: url, ...env }) };
  }

  const started = (env: NodeJS.ProcessEnv = {}) => {
    const { folder } = prepared();
    return startService('node src/main.ts', { folder, env: { DATABASE_URL: url, ...env } });
  };
  const post = (address: string, orderNumber: string, key?: string) =>
    fetch(`${address}/orders`, {
      method: 'POST',
      headers: key === undefined ? json : { ...json, 'idempotency-key': key },
      body: JSON.stringify({ orderNumber, sku: 'S', quantity: 1 }),
    });

  it('keeps orders, counts its statements and reads them in pages', { timeout }, async () => {
    const { address, stop } = await started();
    const created = await post(address, 'A-1001');
    expect([created.status, created.headers.get('server-timing')]).toEqual([201, 'db;desc=1']);
    expect((await post(address, 'A-1001')).status).toBe(200);
    await post(address, 'A-1002');
    const first = (await (await fetch(`${address}/orders?limit=1`)).json()) as { orders: unknown[]; next: string };
    expect(first.orders).toMatchObject([{ orderNumber: 'A-1002' }]);
    expect(await (await fetch(`${address}/orders?limit=1&after=${first.next}`)).json()).toMatchObject({
      orders: [{ orderNumber: 'A-1001' }],
      next: null,
    });
    expect(
      await query(url, `SELECT 1 AS one FROM pg_stat_activity WHERE application_name = '${serviceName}'`),
    ).not.toEqual([]);
    expect(await stop()).toEqual([0, null]);
  });

  it('migrates once, however many begin at the same time', { timeout }, async () => {
    const { env } = prepared();
    const holder = await connected();
    await holder.query('BEGIN');
    // As somebody who migrates already.
    await holder.query('SELECT pg_advisory_xact_lock(1835496052)');
    const runs = [1, 2].map(async () => {
      const child = spawn('node', ['src/migrate.ts'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
      return (await text(child.stdout)).split('\n').filter((line) => line.includes('"migration applied"')).length;
    });
    const waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
    await expect.poll(() => query(server.url, waiting), { timeout: 20_000 }).toHaveLength(2);
    await holder.query('COMMIT');
    const counts = await Promise.all(runs);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
    expect(await query(url, 'SELECT number FROM schema_migrations ORDER BY number')).toHaveLength(4);
  });

  it('waits for a request with the same key, and gives its answer', { timeout }, async () => {
    const { address, stop } = await started();
    const sha256 = (await post(address, 'A-1001', 'known')).status === 201 ? await hashOf('known') : '';
    const other = await connected();
    await other.query('BEGIN');
    const values = `'taken', '${sha256}', 201, '{"from":"the other"}', '/orders/A-1001', 32503680000000`;
    await other.query(`INSERT INTO idempotency_keys VALUES (${values})`);
    const answering = post(address, 'A-1001', 'taken');
    await expect
      .poll(() => query(url, "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"))
      .toHaveLength(1);
    await other.query('COMMIT');
    const answer = await answering;
    expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    expect(await answer.json()).toEqual({ from: 'the other' });
    expect(await stop()).toEqual([0, null]);
  });

  const hashOf = async (key: string) =>
    String(
      (await query(url, `SELECT request_sha256 FROM idempotency_keys WHERE key = '${key}'`))[0]?.['request_sha256'],
    );

  it('imports a file with orders that are there twice, and sums up the day', { timeout }, async () => {
    const { folder, env } = prepared();
    migrate(env);
    const file = path.join(folder, 'orders.csv');
    const rows = Array.from({ length: 1_200 }, (_, index) => `A-${String(index).padStart(4, '0')},S,1\n`);
    writeFileSync(
      file,
      `${header}${rows.join('')}A-0001,S,1\nA-0001,S,2\nA-9998,S,1\nA-9998,S,1\nA-9999,S,1\nA-9999,S,2\n`,
    );
    const imported = run(`exec node src/import-orders.ts ${file}`, env);
    expect(imported.stderr).toBe('');
    const lines = imported.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toMatchObject([
      { message: 'import line refused', line: 1_203, reason: 'already stored with other content' },
      { message: 'import line refused', line: 1_207, reason: 'already stored with other content' },
      { message: 'import finished', imported: 1_202, alreadyThere: 2, refused: 2 },
    ]);
    await query(
      url,
      'UPDATE orders SET created_at = to_char(now() - interval \'1 day\', \'YYYY-MM-DD"T"12:00:00.000"Z"\')',
    );
    expect(run('exec node src/run-job.ts daily-order-summary', env)).toMatchObject({ status: 0, stderr: '' });
    expect(await query(url, 'SELECT orders FROM order_summaries')).toHaveLength(1);
    const again = run('exec node src/run-job.ts daily-order-summary', env);
    expect(again.stdout).toContain('"attempt":1');
  });

  it('does not start while a migration is pending, nor without a database', { timeout }, () => {
    const { env } = prepared();
    const pending = run('exec node src/main.ts', env);
    expect(pending).toMatchObject({ status: 1, stdout: '' });
    expect(pending.stderr).toContain('   code      START_MIGRATION_PENDING\n');
    const nobody = { ...env, DATABASE_URL: 'postgres://app:hunter2@127.0.0.1:9/orders' };
    for (const command of ['src/main.ts', 'src/migrate.ts']) {
      const { status, stdout, stderr } = run(`exec node ${command}`, nobody);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain(
        '   code      START_DATABASE_UNREACHABLE\n   got       postgres://***:***@127.0.0.1:9/orders\n',
      );
      expect(stderr).not.toContain('hunter2');
    }
  });

  it('goes on when its connections were cut', { timeout }, async () => {
    const { address, stop } = await started();
    await post(address, 'A-1001');
    await query(
      server.url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '${serviceName}'`,
    );
    // The pool may not have heard of each end before it hands the connection out.
    await expect.poll(async () => (await post(address, 'A-1002')).status).toBe(201);
    expect(await stop()).toEqual([0, null]);
  });

  it('is backed up and restored by the commands of the runbook', { timeout }, async () => {
    const { folder, env } = prepared();
    migrate(env);
    const runbook = readFileSync(path.join(root, 'RUNBOOK.md'), 'utf8');
    const [backUp = '', restore = ''] = [...runbook.matchAll(/^(?:mkdir -p var && )?pg_dump .*$/gm)].map(
      ([line]) => line,
    );
    const inFolder = (command: string) => run(`cd "${folder}" && mkdir -p var && ${command}`, env);
    await query(url, "INSERT INTO orders (order_number, sku, quantity, created_at) VALUES ('A-1001', 'S', 1, '')");
    expect(inFolder(backUp)).toEqual({ status: 0, stdout: '', stderr: '' });
    await query(url, "INSERT INTO orders (order_number, sku, quantity, created_at) VALUES ('A-1002', 'S', 1, '')");
    expect(inFolder(restore)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(await query(url, 'SELECT order_number FROM orders')).toEqual([{ order_number: 'A-1001' }]);
    expect(run('exec node src/migrate.ts', env).stdout).toContain('"applied":0');
  });
});
