import { setTimeout as delay } from 'node:timers/promises';

import { createHealth } from '@seaworthy/healthcheck';
import { job, sqliteStore } from '@seaworthy/jobs';
import { expect, it, onTestFinished } from 'vitest';

import { openDatabase } from '../../src/database/open-database.ts';
import { openDatabaseFile } from '../../src/database/open-database-file.ts';
import { watchOtherProcesses } from '../../src/watch-other-processes.ts';

import { importing } from './importing.ts';

async function watched() {
  const { settings, log, lines, query } = await importing();
  const { databaseUrl } = settings.service;
  const connection = openDatabaseFile(databaseUrl);
  const health = createHealth({ serviceId: 'unit', releaseId: 'unit' });
  const { ledger, close } = await openDatabase(settings, { onStatement: () => undefined, log });
  const stopWatching = watchOtherProcesses({ ledger, everyMs: 5, health, log });
  const stop = () => {
    stopWatching();
    return close();
  };
  onTestFinished(() => {
    health.close();
    connection.close();
  });
  const store = sqliteStore({ database: connection });
  const answer = () => health.document(false).answers.jobs;
  return { connection, store, stop, lines, query, answer };
}

it('tells the health what jobs in other processes did, and ends when it is told to', async () => {
  const { store, stop, lines, answer } = await watched();
  const run = (key: string, work: () => unknown) => job({ name: 'sweep', key, input: null, store }, work);
  expect(answer()).toBe('no jobs');
  // The first look only finds out from when on to tell: until a job is seen there may have been none.
  let count = 0;
  await expect
    .poll(async () => {
      await run(`first-${(count += 1)}`, () => 1);
      return answer();
    })
    .toBe('ok');
  const fails = () => {
    throw new RangeError('no more today');
  };
  await expect(run('second', fails)).rejects.toThrow('no more today');
  await expect.poll(answer).toBe('failing');
  await stop();
  expect(lines).toEqual([]);
});

it('goes on when the ledger cannot be read, and logs why', async () => {
  const { stop, lines, query, answer } = await watched();
  query('ALTER TABLE seaworthy_jobs RENAME TO set_aside');
  await expect
    .poll(() => lines)
    .toContainEqual(
      expect.objectContaining({
        level: 'warn',
        message: 'jobs could not be watched',
        error: expect.objectContaining({ message: expect.stringContaining('no such table') as string }) as object,
      }),
    );
  query('ALTER TABLE set_aside RENAME TO seaworthy_jobs');
  query(`INSERT INTO seaworthy_jobs (name, key, input_hash, state, attempt, holder, lease_until, ended_at)
    VALUES ('sweep', '1', '', 'failed', 1, '', 0, (julianday('now') - 2440587.5) * 86400000)`);
  await expect.poll(answer).toBe('failing');
  await stop();
});

it('is told to end while it waits for another writer, and says nothing of it', async () => {
  const { connection, stop, lines } = await watched();
  connection.exec('BEGIN IMMEDIATE');
  // Long enough for a look to begin, and after the end for it to find its connection closed.
  await delay(50);
  await stop();
  await delay(50);
  connection.exec('COMMIT');
  expect(lines).toEqual([]);
});
