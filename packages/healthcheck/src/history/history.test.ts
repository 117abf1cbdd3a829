// What every history promises, in one table.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describePostgres, openPool, type PostgresServer, startPostgres } from '@seaworthy/test-servers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { MinuteRecord } from '../recording/minute-record.ts';
import { memoryHistory } from '../testing/memory-history.ts';
import { anyRecord, recordOf } from '../testing/minute-records.ts';
import { fileHistory } from './file-history.ts';
import type { History } from './history.ts';
import { postgresHistory } from './postgres-history.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'history-'));
afterAll(() => rmSync(folder, { recursive: true }));

let server: PostgresServer;
let pool: ReturnType<typeof openPool>;
let opened = 0;

async function openPostgres(): Promise<History> {
  const history = postgresHistory({ pool, table: `history_${(opened += 1)}`, maxMinutes: 1_000_000 });
  await history.migrate();
  return history;
}

const openFile = () =>
  Promise.resolve(fileHistory({ path: path.join(folder, `${(opened += 1)}.jsonl`), maxMinutes: 1_000_000 }));

const byLine = (records: readonly MinuteRecord[]) => records.map((record) => JSON.stringify(record)).toSorted();

function keepsThePromises(open: () => Promise<History>): void {
  it('is empty at first', async () => {
    expect(await (await open()).read(0)).toEqual([]);
  });

  it('gives back what was appended, whatever it is', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRecord, { maxLength: 5 }), async (records) => {
        const history = await open();
        // A minute far from the others would have the old ones deleted.
        const close = records.map((record, index) => ({ ...record, minute: 1_000_000 + index }));
        for (const record of close) await history.append(record);
        expect(byLine(await history.read(0))).toEqual(byLine(close));
      }),
      { numRuns: 20 },
    );
  });

  it('reads from a minute on, that one included', async () => {
    const history = await open();
    for (const minute of [100, 101, 102]) await history.append(recordOf(minute));
    const minutes = async (since: number) =>
      (await history.read(since)).map(({ minute }) => minute).toSorted((a, b) => a - b);
    expect([await minutes(101), await minutes(103), await minutes(-5)]).toEqual([[101, 102], [], [100, 101, 102]]);
  });

  it('keeps several records of one minute, also equal ones: each is of another process', async () => {
    const history = await open();
    await Promise.all([1, 2, 3].map(() => history.append(recordOf(100))));
    await history.append(recordOf(100, '2.0.0'));
    expect((await history.read(100)).map(({ releaseId }) => releaseId).toSorted()).toEqual([
      '1.0.0',
      '1.0.0',
      '1.0.0',
      '2.0.0',
    ]);
  });

  it('takes minutes in any order', async () => {
    const history = await open();
    for (const minute of [102, 100, 101]) await history.append(recordOf(minute));
    expect(await history.read(0)).toHaveLength(3);
  });

  it.each([
    ['a record without strata', { minute: 1, releaseId: '1', requests: 0, errors: 0 }],
    ['a minute that is no whole number', { ...recordOf(1), minute: 1.5 }],
    ['nothing', undefined],
  ])('refuses %s, and writes nothing', async (_what, record) => {
    const history = await open();
    await expect(history.append(record as MinuteRecord)).rejects.toMatchObject({
      name: 'HealthError',
      code: 'HISTORY_ARGUMENT_INVALID',
      retryable: false,
    });
    expect(await history.read(0)).toEqual([]);
  });

  it.each([Number.NaN, 1.5, Number.POSITIVE_INFINITY, '5', undefined])('refuses to read from %s', async (since) => {
    await expect((await open()).read(since as number)).rejects.toMatchObject({ code: 'HISTORY_ARGUMENT_INVALID' });
  });
}

describe('in memory', () => {
  keepsThePromises(() => Promise.resolve(memoryHistory()));
});

describe('in a file', () => {
  keepsThePromises(openFile);
});

describePostgres('in PostgreSQL', () => {
  beforeAll(async () => {
    server = await startPostgres();
    pool = openPool(server);
  }, 120_000);
  afterAll(async () => {
    await pool.end();
    await server.stop();
  });
  keepsThePromises(openPostgres);
});
