import { once } from 'node:events';
import { createServer } from 'node:net';

import { describePostgres, openPool, type PostgresServer, startPostgres } from '@seaworthy/test-servers';
import fc from 'fast-check';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { HealthError } from '../errors/health-error.ts';
import { recordOf } from '../testing/minute-records.ts';
import { postgresHistory, type PostgresHistoryOptions, type QueryPool } from './postgres-history.ts';

const silent: QueryPool = { query: () => Promise.resolve({ rows: [] }) };

describePostgres('on a real PostgreSQL', () => {
  let server: PostgresServer;
  let pool: ReturnType<typeof openPool>;
  let opened = 0;

  beforeAll(async () => {
    server = await startPostgres();
    pool = openPool(server);
  }, 120_000);
  afterAll(async () => {
    await pool.end();
    await server.stop();
  });

  const newTable = () => `minutes_${(opened += 1)}`;
  const count = async (table: string) => (await pool.query(`SELECT 1 FROM ${table}`)).rows.length;

  it('many processes may migrate at once, and again', async () => {
    const table = newTable();
    const history = () => postgresHistory({ pool, table });
    await Promise.all(Array.from({ length: 10 }, () => history().migrate()));
    await history().append(recordOf(5));
    await history().migrate();
    expect(await history().read(0)).toEqual([recordOf(5)]);
  });

  it('keeps what can be asked for in SQL', async () => {
    const table = newTable();
    const history = postgresHistory({ pool, table });
    await history.migrate();
    await history.append(recordOf(5));
    const { rows } = await pool.query(`SELECT minute, record->>'releaseId' AS release FROM ${table}`);
    expect(rows).toEqual([{ minute: 5, release: '1.0.0' }]);
  });

  it('is bounded by its own appends', async () => {
    const table = newTable();
    const history = postgresHistory({ pool, table, maxMinutes: 10 });
    await history.migrate();
    for (let minute = 100; minute < 140; minute += 1) await history.append(recordOf(minute));
    expect(await count(table)).toBe(11);
    expect((await history.read(0)).map(({ minute }) => minute)).toEqual(Array.from({ length: 11 }, (_, i) => 129 + i));
  });

  it('prunes when it is asked to', async () => {
    const table = newTable();
    const history = postgresHistory({ pool, table });
    await history.migrate();
    for (const minute of [100, 101, 102]) await history.append(recordOf(minute));
    await history.prune(102);
    expect(await count(table)).toBe(1);
    await history.prune(Number.MIN_SAFE_INTEGER);
    expect(await count(table)).toBe(1);
    await expect(history.prune(Number.NaN)).rejects.toMatchObject({ code: 'HISTORY_ARGUMENT_INVALID' });
  });

  it('quotes whatever the table is called, and touches no other', { timeout: 60_000 }, async () => {
    const bystander = newTable();
    await pool.query(`CREATE TABLE ${bystander} (a integer)`);
    const nasty = ['"', '""; --', `"; DROP TABLE ${bystander}; --`, 'a.b', "a'b", '$1', 'Größe', 'a b', '%s'];
    const name = fc.oneof(fc.constantFrom(...nasty), fc.string({ minLength: 1, maxLength: 15, unit: 'grapheme' }));
    const names = name.filter((text) => !text.includes('\0') && text.isWellFormed() && Buffer.byteLength(text) <= 63);
    await pool.query('CREATE SCHEMA "a ""schema"""');
    await fc.assert(
      fc.asyncProperty(names, fc.boolean(), async (table, hasSchema) => {
        const history = postgresHistory({ pool, table: hasSchema ? ['a "schema"', table] : table });
        await history.migrate();
        await history.append(recordOf(5));
        expect(await history.read(5)).toEqual(expect.arrayContaining([recordOf(5)]));
        const { rows } = await pool.query('SELECT 1 FROM information_schema.tables WHERE table_name = $1', [table]);
        expect(rows.length).toBeGreaterThan(0);
        expect(await count(bystander)).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves rows out that it did not write, says how many, and leaves them there', async () => {
    const table = newTable();
    const problems: HealthError[] = [];
    const history = postgresHistory({ pool, table, onProblem: (problem) => void problems.push(problem) });
    await history.migrate();
    await history.append(recordOf(5));
    await pool.query(`INSERT INTO ${table} (minute, record) VALUES (5, '{"minute":"five"}'), (6, 'null')`);
    expect(await history.read(0)).toEqual([recordOf(5)]);
    expect(problems.map(({ code, retryable }) => [code, retryable])).toEqual([['HISTORY_ROWS_SKIPPED', false]]);
    expect(problems[0]?.message).toContain('2 rows');
    expect(await count(table)).toBe(3);
  });

  it('without its table it says to migrate, and works once that is done', async () => {
    const history = postgresHistory({ pool, table: newTable() });
    for (const attempt of [() => history.append(recordOf(5)), () => history.read(0), () => history.prune(0)]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'HISTORY_TABLE_MISSING', retryable: true });
    }
    await history.migrate();
    await history.append(recordOf(5));
  });

  it('what the database refuses is not tried for ever', async () => {
    const table = newTable();
    await pool.query(`CREATE TABLE ${table} (other integer)`);
    const history = postgresHistory({ pool, table });
    await expect(history.append(recordOf(5))).rejects.toMatchObject({
      code: 'HISTORY_DATABASE_FAILED',
      retryable: false,
    });
    await expect(postgresHistory({ pool, table: ['no_such_schema', 'a'] }).migrate()).rejects.toThrow('3F000');
  });
});

describe('a database that does not answer', () => {
  it('is a failure that a retry can mend, and its message names no address', async () => {
    const listener = createServer((socket) => socket.destroy());
    await once(listener.listen(0, '127.0.0.1'), 'listening');
    const { port } = listener.address() as { port: number };
    const pool = new Pool({ connectionString: `postgresql://someone:a-secret@127.0.0.1:${port}/orders` });
    const history = postgresHistory({ pool });
    for (const attempt of [() => history.append(recordOf(5)), () => history.read(0), () => history.migrate()]) {
      const error = await attempt().then(
        () => new Error('it worked'),
        (error: unknown) => error as HealthError,
      );
      expect(error).toMatchObject({ code: 'HISTORY_DATABASE_FAILED', retryable: true });
      expect(String(error)).not.toMatch(/127\.0\.0\.1|someone|a-secret/);
    }
    listener.close();
    await expect(history.read(0)).rejects.toThrow(/"health_minutes"  HISTORY_DATABASE_FAILED\n +got +ECONNREFUSED\n/);
    await pool.end();
  });

  it.each([undefined, null, 'down', 5])('may reject with %s', async (reason) => {
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- what a driver rejects with is its own affair
    const history = postgresHistory({ pool: { query: () => Promise.reject(reason) } });
    await expect(history.read(0)).rejects.toMatchObject({ code: 'HISTORY_DATABASE_FAILED', cause: reason });
  });
});

it('a broken onProblem changes nothing', async () => {
  const onProblem = vi.fn<() => void>(() => Promise.reject(new Error('no')) as unknown as undefined);
  const history = postgresHistory({ pool: { query: () => Promise.resolve({ rows: [undefined, {}, 5] }) }, onProblem });
  expect(await history.read(0)).toEqual([]);
  await vi.waitFor(() => expect(onProblem).toHaveBeenCalledOnce());
});

describe('options', () => {
  it.each([
    [undefined, 'options'],
    [{}, 'pool'],
    [{ pool: { query: 'SELECT' } }, 'pool'],
    [{ pool: silent, table: '' }, 'table'],
    [{ pool: silent, table: 'a\0b' }, 'table'],
    [{ pool: silent, table: 'ä'.repeat(32) }, 'table'],
    [{ pool: silent, table: 5 }, 'table'],
    [{ pool: silent, table: [] }, 'table'],
    [{ pool: silent, table: ['only'] }, 'table'],
    [{ pool: silent, table: ['a', ''] }, 'table'],
    [{ pool: silent, table: ['a', 'b', 'c'] }, 'table'],
    [{ pool: silent, maxMinutes: 0 }, 'maxMinutes'],
    [{ pool: silent, onProblem: 5 }, 'onProblem'],
  ])('%j is refused for its %s', (options, name) => {
    const opening = () => postgresHistory(options as unknown as PostgresHistoryOptions);
    expect(opening).toThrow(expect.objectContaining({ name: 'HealthError', code: 'HISTORY_OPTIONS_INVALID' }));
    expect(opening).toThrow(`1. ${name}  HISTORY_OPTIONS_INVALID\n`);
  });
});
