import { appendFileSync, renameSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { importStopped } from '../../src/import-errors.ts';

import { header, importing, rows } from './importing.ts';

describe('the same content again', () => {
  it('says what became of it, from wherever it is imported', async () => {
    const { folder, file, write, run, lines, stored } = await importing();
    write(`${header}A-1001,S,2\nA-1002,S,many\n`);
    expect(await run()).toBe(1);
    const moved = path.join(folder, 'moved.csv');
    renameSync(file, moved);
    expect(await run(moved)).toBe(1);
    const told = lines.map(({ time: _time, durationMs: _durationMs, ...fields }) => fields);
    const [broken, finished] = told;
    expect(told).toEqual([broken, finished, broken, { ...finished, message: 'import was finished already' }]);
    expect(lines.map(({ message }) => message).slice(0, 2)).toEqual(['import line refused', 'import finished']);
    expect(stored()).toEqual(['A-1001']);
  });

  it('names the first hundred refused lines', async () => {
    const { write, run, lines } = await importing();
    write(header + 'x\n'.repeat(1_001));
    expect(await run()).toBe(1);
    expect(lines).toHaveLength(1_002);
    expect(await run()).toBe(1);
    const again = lines.slice(1_002);
    expect(again.map(({ line }) => line)).toEqual([...Array.from({ length: 100 }, (_, index) => index + 2), undefined]);
    expect(again.at(-1)).toMatchObject({ refused: 1_001 });
  });

  it('is finished too when it has no rows', async () => {
    const { write, run, lines } = await importing();
    write(header);
    expect([await run(), await run()]).toEqual([0, 0]);
    expect(lines.map(({ message }) => message)).toEqual(['import finished', 'import was finished already']);
  });
});

it('other content with the same rows stores them once', async () => {
  const { write, run, lines } = await importing();
  write(`${header}A-1001,S,2\n`);
  await run();
  write(`${header}A-1001,S,2\nA-1002,S,2\n`);
  expect(await run()).toBe(0);
  expect(lines[1]).toMatchObject({ imported: 1, alreadyThere: 1, refused: 0 });
});

it('a database that fails midway keeps the batches before, and the same file goes on there', async () => {
  const { write, run, lines, query, stored } = await importing();
  write(header);
  await run();
  write(`${header}A-9999,S,none\n${rows(1_200)}`);
  const fails = "WHEN new.order_number = 'A-0700' BEGIN SELECT RAISE(FAIL, 'x'); END";
  query(`CREATE TRIGGER t BEFORE INSERT ON orders ${fails}`);
  await expect(run()).rejects.toThrow(
    /^ImportError: the import broke off\. The batches before it are stored\.\n {3}code {6}IMPORT_INTERRUPTED\n {3}got {7}x\n/,
  );
  expect(stored()).toHaveLength(499);
  query('DROP TRIGGER t');
  // Rows that were stored are not looked at again: this one would be imported a second time.
  query("DELETE FROM orders WHERE order_number = 'A-0000'");
  expect(await run()).toBe(1);
  expect(stored()).toHaveLength(1_199);
  expect(lines.slice(1)).toMatchObject([
    { message: 'import line refused', line: 2 },
    { message: 'import finished', imported: 1_200, alreadyThere: 0, refused: 1 },
  ]);
});

it('an import that runs elsewhere is left alone', async () => {
  const { write, run, lines, query } = await importing();
  write(`${header}A-1001,S,2\n`);
  await run();
  query("UPDATE seaworthy_jobs SET state = 'running', holder = 'host/1/abcdef', lease_until = 32503680000000");
  const refused = run();
  await expect(refused).rejects.toMatchObject({ code: 'IMPORT_RUNNING', exitCode: 75 });
  await expect(refused).rejects.toThrow('held by host/1/abcdef until 3000-01-01T00:00:00.000Z');
  await expect(refused).rejects.toThrow(/\n {3}retry {5}yes: in \d+ ms/);
  expect(lines).toHaveLength(1);
});

it.each([
  [1_001, 499],
  [300, 300],
])('of %i lines a signal stops it after the batch that runs', async (count, kept) => {
  const { write, run, log, stored } = await importing();
  write(`${header}x\n${rows(count)}`);
  const stopped = new AbortController();
  const { warn } = log;
  // The first line that is refused is told at the end of its batch.
  log.warn = (...line: unknown[]) => {
    Reflect.apply(warn, log, line);
    stopped.abort(importStopped());
  };
  await expect(run(undefined, stopped)).rejects.toThrow(
    /^ImportError: the import was stopped\. The batches before it are stored\.\n {3}code {6}IMPORT_STOPPED\n[^]*\n {3}retry {5}yes: /,
  );
  expect(stored()).toHaveLength(kept);
  log.warn = warn;
  expect(await run()).toBe(1);
  expect(stored()).toHaveLength(count);
});

it('a signal before the first batch leaves everything as it was', async () => {
  const { file, write, run } = await importing();
  write(header + rows(1));
  const stopped = new AbortController();
  stopped.abort(importStopped());
  await expect(run(file, stopped)).rejects.toMatchObject({ code: 'IMPORT_STOPPED' });
});

it('a file that changes meanwhile is not finished', async () => {
  const { file, write, run, log, query, stored } = await importing();
  write(`${header}x\n${rows(600)}`);
  const { warn } = log;
  log.warn = (...line: unknown[]) => {
    Reflect.apply(warn, log, line);
    appendFileSync(file, 'A-9999,S,2\n');
  };
  await expect(run()).rejects.toMatchObject({ code: 'IMPORT_FILE_CHANGED', exitCode: 1 });
  expect(query('SELECT state FROM seaworthy_jobs')).toEqual([{ state: 'failed' }]);
  expect(stored()).toHaveLength(499);
});
