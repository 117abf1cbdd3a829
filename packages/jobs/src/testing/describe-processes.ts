import { setTimeout as delay } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import type { ImportSettings } from './import-settings.ts';
import { type ImportTarget, openTarget } from './import-target.ts';
import { startImport } from './start-import.ts';

const eachOnce = (lines: number) => Array.from({ length: lines }, (_, line) => ({ line, times: 1 }));

let keys = 0;
const newKey = () => `orders-${(keys += 1)}.csv`;

/** Real processes that run the same import: at once, killed, stopped, and with a clock that is wrong. */
export function describeProcesses(title: string, open: () => Promise<ImportSettings['database']>): void {
  describe(`${title}: processes`, () => {
    const patient = { timeout: 240_000 };

    async function prepared(): Promise<{ settings: ImportSettings; target: ImportTarget<unknown> }> {
      const database = await open();
      const target = openTarget(database);
      await target.createTable();
      await target.store.migrate();
      const settings = { database, key: newKey(), lines: 400, linesPerCommit: 10, leaseMs: 60_000, isMigrated: true };
      return { settings, target };
    }

    async function expectEachLineOnce({ key, lines }: ImportSettings, target: ImportTarget<unknown>): Promise<void> {
      expect(await target.count(key)).toEqual(eachOnce(lines));
      await target.close();
    }

    it('twenty that begin at once: one runs, the others are given its result or told to wait', patient, async () => {
      const { settings, target } = await prepared();
      const workers = Array.from({ length: 20 }, () => startImport(settings));
      const last = (await Promise.all(workers.map(({ ended }) => ended))).map((events) => events.at(-1));
      const words = last.map((event) =>
        event?.event === 'end' ? event.outcome : event?.event === 'error' ? event.code : 'nothing',
      );
      expect(words.filter((word) => word === 'succeeded')).toHaveLength(1);
      expect(words.filter((word) => !['succeeded', 'skipped', 'JOB_RUNNING'].includes(word))).toEqual([]);
      const ends = last.filter((event) => event?.event === 'end');
      expect(new Set(ends.map(({ result, rows, attempt }) => `${String(result)} ${rows} ${attempt}`))).toEqual(
        new Set(['400 400 1']),
      );
      await expectEachLineOnce(settings, target);
    });

    it('killed again and again, at any moment: each line is imported once', patient, async () => {
      const { settings, target } = await prepared();
      // Long enough to be killed many times, with pauses in which a kill falls between two commits.
      const killed = { ...settings, lines: 3000, linesPerCommit: 5, pauseMs: 1, leaseMs: 150, triesAgain: true };
      const keys = [killed.key];
      for (let kills = 0; kills < 30;) {
        const worker = startImport({ ...killed, key: keys.at(-1) ?? '' });
        // oxlint-disable-next-line no-await-in-loop -- one worker after the other
        await worker.next('ready');
        // oxlint-disable-next-line no-await-in-loop -- it waits for the lease of the one before it, and then works a moment
        if (kills % 2 === 0) await worker.next('commit');
        // oxlint-disable-next-line no-await-in-loop
        await delay(Math.random() * 25);
        worker.signal('SIGKILL');
        // oxlint-disable-next-line no-await-in-loop
        const events = await worker.ended;
        // On a machine that is slow to kill it has ended before: the next one gets new work.
        if (events.some(({ event }) => event === 'end')) keys.push(newKey());
        else kills += 1;
      }
      for (const key of keys) {
        // oxlint-disable-next-line no-await-in-loop
        const end = await startImport({ ...killed, key, pauseMs: 0 }).next('end');
        expect(end).toMatchObject({ result: 3000, rows: 3000 });
        expect(end.attempt).toBeGreaterThan(1);
        // oxlint-disable-next-line no-await-in-loop
        expect(await target.count(key)).toEqual(eachOnce(3000));
      }
      await target.close();
    });

    it('stopped past its lease and overtaken: it wakes up, and nothing of it lands', patient, async () => {
      const { settings, target } = await prepared();
      const slow = startImport({ ...settings, leaseMs: 1500, waits: true });
      await slow.next('commit');
      slow.signal('SIGSTOP');
      const other = startImport({ ...settings, triesAgain: true });
      expect(await other.next('end')).toMatchObject({ outcome: 'succeeded', attempt: 2, rows: 400 });
      slow.signal('SIGCONT');
      slow.signal('SIGUSR2');
      const events = await slow.ended;
      expect(events.slice(1)).toMatchObject([{ line: 10 }, { code: 'JOB_LEASE_LOST', retryable: true }]);
      await expectEachLineOnce(settings, target);
    });

    it('stopped past its lease with nobody else there: its next commit is refused all the same', patient, async () => {
      const { settings, target } = await prepared();
      const slow = startImport({ ...settings, leaseMs: 1500, waits: true });
      await slow.next('commit');
      slow.signal('SIGSTOP');
      await delay(1600);
      slow.signal('SIGCONT');
      slow.signal('SIGUSR2');
      expect((await slow.ended).slice(1)).toMatchObject([{ line: 10 }, { code: 'JOB_LEASE_LOST', retryable: true }]);
      expect(await target.count(settings.key)).toEqual(eachOnce(10));
      expect(await startImport(settings).next('end')).toMatchObject({ outcome: 'succeeded', attempt: 2, rows: 400 });
      await expectEachLineOnce(settings, target);
    });

    const wrongClocks = [3_600_000, -3_600_000];

    it.each(wrongClocks)('one whose clock is %d ms wrong does not take over', patient, async (clockErrorMs) => {
      const { settings, target } = await prepared();
      const right = startImport({ ...settings, waits: true });
      await right.next('commit');
      const refused = await startImport({ ...settings, clockErrorMs }).next('error');
      expect(refused).toMatchObject({ code: 'JOB_RUNNING', retryable: true });
      expect(refused.retryAfterMs).toBeGreaterThan(0);
      expect(refused.retryAfterMs).toBeLessThanOrEqual(60_000);
      right.signal('SIGUSR2');
      expect(await right.next('end')).toMatchObject({ outcome: 'succeeded', attempt: 1 });
      await expectEachLineOnce(settings, target);
    });

    it.each(wrongClocks)(
      'one whose clock is %d ms wrong is not taken over, and finishes',
      patient,
      async (clockErrorMs) => {
        const { settings, target } = await prepared();
        const wrong = startImport({ ...settings, clockErrorMs, waits: true });
        await wrong.next('commit');
        expect(await startImport(settings).next('error')).toMatchObject({ code: 'JOB_RUNNING' });
        wrong.signal('SIGUSR2');
        expect(await wrong.next('end')).toMatchObject({ outcome: 'succeeded', attempt: 1 });
        expect(await startImport(settings).next('end')).toMatchObject({ outcome: 'skipped', result: 400 });
        await expectEachLineOnce(settings, target);
      },
    );
  });
}
