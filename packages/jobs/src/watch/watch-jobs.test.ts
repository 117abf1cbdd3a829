import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { type JobError, job, memoryStore, migrate, sqliteStore, watchJobs } from '../index.ts';
import { openTarget } from '../testing/import-target.ts';
import { startImport } from '../testing/start-import.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const patience = { timeout: 20_000, interval: 5 };

/** A store that says when it was looked at. */
function watched(store = memoryStore()) {
  const endedSince = vi.fn<typeof store.endedSince>((sinceMs) => store.endedSince(sinceMs));
  const told: string[] = [];
  const report = (name: string, outcome: string) => void told.push(`${name} ${outcome}`);
  const untilLooked = async () => {
    const looks = endedSince.mock.calls.length;
    await vi.waitUntil(() => endedSince.mock.calls.length > looks + 1, patience);
  };
  return { store: { ...store, endedSince }, told, report, untilLooked };
}

describe('a watch', () => {
  it('tells each outcome of another process once, and none from before it', { timeout: 60_000 }, async () => {
    const file = path.join(temporaryFolder(), 'orders.db');
    const settings = { database: { file }, key: 'before.csv', lines: 10, linesPerCommit: 10, leaseMs: 60_000 };
    await startImport(settings).ended;
    const { store } = openTarget({ file });
    const { store: looked, told, report, untilLooked } = watched(store as never);
    const stop = watchJobs(looked, report, { everyMs: 5 });
    onTestFinished(stop);
    await untilLooked();
    await startImport({ ...settings, key: 'after.csv' }).ended;
    await vi.waitUntil(() => told.length > 0, patience);
    await untilLooked();
    expect(told).toEqual(['import succeeded']);
  });

  it('tells a failure, and the success after it', async () => {
    const { store, told, report, untilLooked } = watched();
    onTestFinished(watchJobs(store, report, { everyMs: 5 }));
    await untilLooked();
    const work = { name: 'sweep', key: 'a', input: null, store };
    await job(work, () => Promise.reject(new Error('no'))).catch(() => undefined);
    await untilLooked();
    await job(work, () => 3);
    await vi.waitUntil(() => told.length > 1, patience);
    expect(told).toEqual(['sweep failed', 'sweep succeeded']);
  });

  it('forgets what it has told, and still tells nothing twice', async () => {
    let nowMs = 1_000_000;
    const { store, told, report, untilLooked } = watched(memoryStore(() => nowMs));
    onTestFinished(watchJobs(store, report, { everyMs: 5 }));
    await untilLooked();
    for (const key of ['a', 'b', 'c']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await job({ name: key, key, input: null, store }, () => 3);
      // oxlint-disable-next-line no-await-in-loop
      await untilLooked();
      nowMs += 50_000;
    }
    await untilLooked();
    expect(told).toEqual(['a succeeded', 'b succeeded', 'c succeeded']);
  });

  it('says that the ledger cannot be read, and goes on when it can', async () => {
    const database = new DatabaseSync(':memory:');
    const store = sqliteStore({ database });
    const problems: JobError[] = [];
    const { told, report } = watched();
    onTestFinished(watchJobs(store, report, { everyMs: 5, onProblem: (problem) => void problems.push(problem) }));
    await vi.waitUntil(() => problems.length > 1, patience);
    expect(problems[0]).toMatchObject({ code: 'JOB_TABLE_MISSING', retryable: true });
    await migrate(store);
    const { untilLooked, store: looked } = watched(store as never);
    onTestFinished(watchJobs(looked, () => undefined, { everyMs: 5 }));
    await untilLooked();
    await job({ name: 'sweep', key: 'a', input: null, store }, () => 3);
    await vi.waitUntil(() => told.length > 0, patience);
    expect(told).toEqual(['sweep succeeded']);
  });

  it('is not ended by a report or an onProblem that throws', async () => {
    const { store, untilLooked } = watched();
    const report = vi.fn<() => never>(() => {
      throw new Error('no');
    });
    onTestFinished(watchJobs(store, report, { everyMs: 5 }));
    const onProblem = vi.fn<() => Promise<never>>(() => Promise.reject(new Error('no')));
    const broken = { ...store, endedSince: () => Promise.reject(new Error('down')) };
    onTestFinished(watchJobs(broken, report, { everyMs: 5, onProblem }));
    await untilLooked();
    await job({ name: 'sweep', key: 'a', input: null, store }, () => 3);
    await vi.waitUntil(() => report.mock.calls.length === 1 && onProblem.mock.calls.length > 2, patience);
    await untilLooked();
    expect(report).toHaveBeenCalledExactlyOnceWith('sweep', 'succeeded');
  });

  it('that was stopped looks no more', async () => {
    const { store, report, untilLooked } = watched();
    const stop = watchJobs(store, report, { everyMs: 1 });
    await untilLooked();
    stop();
    // A look that was on its way may end.
    await vi.waitFor(async () => {
      const looks = store.endedSince.mock.calls.length;
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(store.endedSince.mock.calls.length).toBe(looks);
    }, patience);
  });

  it.each([
    [[{}, () => 1], ['store']],
    [[memoryStore(), 'log'], ['report']],
    [[memoryStore(), () => 1, { everyMs: 0 }], ['everyMs']],
    [[memoryStore(), () => 1, { everyMs: 1e12 }], ['everyMs']],
    [[memoryStore(), () => 1, { onProblem: 5 }], ['onProblem']],
    [[memoryStore(), () => 1, null], ['options']],
    [
      [undefined, undefined, { everyMs: '5' }],
      ['store', 'report', 'everyMs'],
    ],
  ])('%# refuses wrong arguments: %j', (parameters, names) => {
    const watching = () => watchJobs(...(parameters as unknown as Parameters<typeof watchJobs>));
    const problems = names.map((name) => expect.objectContaining({ name }) as unknown);
    expect(watching).toThrow(expect.objectContaining({ code: 'JOB_OPTIONS_INVALID', problems }));
  });
});
