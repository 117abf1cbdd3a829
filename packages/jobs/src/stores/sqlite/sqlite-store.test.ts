import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

import { describe, expect, it, onTestFinished } from 'vitest';

import { job, type JobRun, migrate, prune, sqliteStore } from '../../index.ts';
import { insert, openFile, prepared } from '../../testing/sqlite-file.ts';

describe('an effect that is asynchronous', () => {
  it('is refused before anything of it has run', async () => {
    const { options, lines } = await prepared();
    const run = async ({ commit }: JobRun<DatabaseSync, number>) => {
      await commit(async (db) => {
        insert(db, 1);
        await delay(1);
        insert(db, 2);
        return 2;
      });
    };
    await expect(job(options, run)).rejects.toMatchObject({ code: 'JOB_EFFECT_ASYNC', retryable: false });
    await delay(10);
    expect(lines()).toEqual([]);
  });

  it('is rolled back when it is known only by its promise, also by one that fails later', async () => {
    const { options, lines } = await prepared();
    const run = async ({ commit }: JobRun<DatabaseSync, number>) => {
      await commit((db) => {
        insert(db, 1);
        return Promise.reject(new Error('later'));
      });
    };
    await expect(job(options, run)).rejects.toMatchObject({ code: 'JOB_EFFECT_ASYNC' });
    expect(lines()).toEqual([]);
  });
});

describe('an effect that took longer than the lease', () => {
  it('holds it from its end on: nobody could take over meanwhile', async () => {
    const { options, lines } = await prepared();
    const run = async ({ commit, signal }: JobRun<DatabaseSync, number>) => {
      await commit((db) => {
        insert(db, 1);
        // Nothing else runs in this process: a synchronous effect blocks it.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
        return 1;
      });
      await new Promise(setImmediate);
      return signal.aborted;
    };
    expect((await job({ ...options, leaseMs: 500 }, run)).result).toBe(false);
    expect(lines()).toEqual([1]);
  });
});

describe('other work on the same connection', () => {
  it('is never inside the transaction of a job', { timeout: 60_000 }, async () => {
    const { database, options, lines } = await prepared();
    database.exec('CREATE TABLE other (id INTEGER)');
    let written = 0;
    const done = new AbortController();
    const others = async () => {
      while (!done.signal.aborted) {
        // Between any two turns of the job; what it writes holds whatever becomes of the commit beside it.
        database.exec(`INSERT INTO other VALUES (${(written += 1)})`);
        // oxlint-disable-next-line no-await-in-loop -- a turn each
        await (written % 2 === 0 ? Promise.resolve() : new Promise(setImmediate));
      }
    };
    const run = async ({ commit }: JobRun<DatabaseSync, number>) => {
      for (let line = 0; line < 200; line += 1) {
        const effect = (db: DatabaseSync) => {
          insert(db, line);
          if (line % 2 === 1) throw new RangeError('odd');
          return line;
        };
        // oxlint-disable-next-line no-await-in-loop -- one commit after the other
        await commit(effect).catch(() => undefined);
        // oxlint-disable-next-line no-await-in-loop
        await new Promise(setImmediate);
      }
      done.abort();
    };
    await Promise.all([job(options, run), others()]);
    expect(lines()).toEqual(Array.from({ length: 100 }, (_, index) => index * 2));
    expect(database.prepare('SELECT count(*) AS count FROM other').get()).toEqual({ count: written });
    expect(written).toBeGreaterThan(100);
  });

  it('that keeps a transaction open is waited for, and then the job goes on', async () => {
    const { database, options } = await prepared();
    database.exec('BEGIN');
    const running = job(options, () => 3);
    insert(database, 1);
    await delay(20);
    database.exec('COMMIT');
    expect((await running).result).toBe(3);
  });

  it('that keeps it for too long makes the job fail, and is left alone', async () => {
    const { database, options, lines } = await prepared({ busyTimeoutMs: 30 });
    database.exec('BEGIN');
    insert(database, 1);
    await expect(job(options, () => 3)).rejects.toMatchObject({ code: 'JOB_CONNECTION_BUSY', retryable: true });
    database.exec('COMMIT');
    expect(lines()).toEqual([1]);
    expect((await job(options, () => 3)).attempt).toBe(1);
  });

  it('begun by an effect that ends the transaction is refused', async () => {
    const { options } = await prepared();
    const run = ({ commit }: JobRun<DatabaseSync, number>) =>
      commit((db) => {
        db.exec('COMMIT');
        return 1;
      });
    const wrong = { code: 'JOB_STORE_FAILED', retryable: false };
    await expect(job(options, run)).rejects.toMatchObject(wrong);
    await expect(job(options, run)).rejects.toThrow('ended the transaction');
  });

  it('inside an effect may use savepoints', async () => {
    const { options, lines } = await prepared();
    const run = ({ commit }: JobRun<DatabaseSync, number>) =>
      commit((db) => {
        db.exec('SAVEPOINT one');
        insert(db, 1);
        db.exec('ROLLBACK TO one; RELEASE one');
        insert(db, 2);
        return 2;
      });
    await job(options, run);
    expect(lines()).toEqual([2]);
  });
});

describe('another process that writes', () => {
  it('is waited for without stopping this one', async () => {
    const { file, options } = await prepared();
    const other = openFile(file).database;
    other.exec('BEGIN IMMEDIATE');
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    const running = job(options, () => 3);
    await delay(50);
    other.exec('COMMIT');
    expect((await running).result).toBe(3);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
  });

  it('for too long is a failure that a retry can mend', async () => {
    const { file, options, lines } = await prepared({ busyTimeoutMs: 30 });
    const other = openFile(file).database;
    const run = async ({ cursor = 0, commit }: JobRun<DatabaseSync, number>) => {
      await commit((db) => (insert(db, cursor), cursor + 1));
      if (cursor === 0) other.exec('BEGIN IMMEDIATE');
      await commit((db) => (insert(db, cursor + 10), cursor + 1));
    };
    const failure = await job(options, run).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'JOB_STORE_FAILED', retryable: true, problems: [{ got: 'SQLITE_BUSY' }] });
    other.exec('COMMIT');
    expect(lines()).toEqual([0]);
  });
});

describe('failures', () => {
  it('without its table it says to migrate, and works once that is done', async () => {
    const store = sqliteStore({ database: openFile().database });
    const options = { name: 'import', key: 'orders.csv', input: null, store };
    for (const attempt of [() => job(options, () => 3), () => prune(store)]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await expect(attempt()).rejects.toMatchObject({ code: 'JOB_TABLE_MISSING', retryable: true });
    }
    await expect(prune(store)).rejects.toThrow('call migrate(store) where the migrations run');
    await migrate(store);
    expect((await job(options, () => 3)).result).toBe(3);
  });

  it('of an effect are its own, also when a table of its own is missing', async () => {
    const { options } = await prepared();
    const run = ({ commit }: JobRun<DatabaseSync, number>) =>
      commit((db) => Number(db.exec('INSERT INTO nowhere VALUES (1)')));
    await expect(job(options, run)).rejects.toThrow(
      expect.objectContaining({ name: 'Error', code: 'ERR_SQLITE_ERROR' }),
    );
  });

  it('of a connection that is closed, or of another table under that name, do not heal; what the database said is only the cause', async () => {
    const { database, store } = await prepared({ table: 'a "table"' });
    database.exec('DROP TABLE "a ""table"""; CREATE TABLE "a ""table""" (secret TEXT)');
    const error = await prune(store).catch((error: unknown) => error as Error);
    expect(error).toMatchObject({ code: 'JOB_STORE_FAILED', retryable: false });
    expect(String(error)).not.toContain('no such column');
    expect(String((error as Error).cause)).toContain('no such column');
    database.close();
    await expect(prune(store)).rejects.toMatchObject({ code: 'JOB_STORE_FAILED', retryable: false });
  });

  it('a connection that was closed and opened again is used again', async () => {
    const { database, store, options } = await prepared();
    await job(options, () => 3);
    database.close();
    await expect(prune(store)).rejects.toMatchObject({ code: 'JOB_STORE_FAILED' });
    database.open();
    expect((await job(options, () => 4)).result).toBe(3);
  });

  it('numbers may come as bigint', async () => {
    const { file } = await prepared();
    const database = new DatabaseSync(file, { readBigInts: true });
    onTestFinished(() => database.close());
    const options = { name: 'import', key: 'big.csv', input: null, store: sqliteStore({ database }) };
    const run = ({ commit }: JobRun<DatabaseSync, number>) => commit(() => 1, { rows: 2 });
    expect([await job(options, run), await job(options, run)]).toMatchObject([
      { outcome: 'succeeded', attempt: 1, rows: 2 },
      { outcome: 'skipped', attempt: 1, rows: 2 },
    ]);
  });
});

describe('options', () => {
  const database = new DatabaseSync(':memory:');
  it.each([
    [undefined, ['options']],
    [{}, ['database']],
    [{ database: { exec: 1, prepare: 2 } }, ['database']],
    [{ database, table: '' }, ['table']],
    [{ database, table: 'ä'.repeat(26) }, ['table']],
    [{ database, table: 'a\0' }, ['table']],
    [{ database, table: ['a', 'b'] }, ['table']],
    [{ database, busyTimeoutMs: -1 }, ['busyTimeoutMs']],
    [{ database: 5, table: 5, busyTimeoutMs: '5s' }, ['database', 'table', 'busyTimeoutMs']],
  ])('%# are refused for %j', (options, names) => {
    const opening = () => sqliteStore(options as never);
    const problems = names.map((name) => expect.objectContaining({ name }) as unknown);
    expect(opening).toThrow(expect.objectContaining({ code: 'JOB_OPTIONS_INVALID', problems }));
  });

  it('a connection that is not open is refused', () => {
    const closed = new DatabaseSync(':memory:', { open: false });
    expect(() => sqliteStore({ database: closed })).toThrow('an open DatabaseSync of node:sqlite');
  });
});
