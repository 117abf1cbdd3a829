// Real processes that write to one file: killed at any moment, at the same time, and where no more fits.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';

import type { HealthError } from '../errors/health-error.ts';
import { recordOf } from '../testing/minute-records.ts';
import { fileHistory } from './file-history.ts';

const writer = path.join(import.meta.dirname, '../testing/history-writer.ts');

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'history-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

interface Writer {
  readonly file: string;
  readonly releaseId?: string;
  readonly first?: number;
  readonly count: number;
  readonly maxMinutes?: number;
  /** Runs before the program, in the same shell. */
  readonly shell?: string;
}

function startWriter({ file, releaseId = '1.0.0', first = 0, count, maxMinutes = 1440, shell = '' }: Writer) {
  const args = [writer, file, releaseId, first, count, maxMinutes].map(String);
  const child = spawn('sh', ['-c', `${shell} exec "$0" "$@"`, process.execPath, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  const taken = text(child.stdout).then((out) =>
    out
      .split('\n')
      .filter((line) => line !== '')
      .map(Number),
  );
  return { child, exited, taken, errors: text(child.stderr) };
}

describe('a process that is killed', () => {
  it('leaves a file that can be read, with every minute that was taken', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 150 }), fc.constantFrom(40, 100_000), async (ms, maxMinutes) => {
        const file = path.join(newFolder(), 'history.jsonl');
        const { child, exited, taken, errors } = startWriter({ file, count: 1_000_000, maxMinutes });
        await once(child.stdout, 'readable');
        await delay(ms);
        child.kill('SIGKILL');
        await exited;
        expect(await errors).toBe('');

        const problems: HealthError[] = [];
        const history = fileHistory({ path: file, maxMinutes, onProblem: (problem) => void problems.push(problem) });
        const minutes = (await history.read(0)).map(({ minute }) => minute).toSorted((left, right) => left - right);
        const last = (await taken).at(-1) ?? -1;
        // One more may stand there: killed between the write and the answer.
        expect([last, last + 1]).toContain(minutes.at(-1));
        const oldest = Math.max(0, last - maxMinutes);
        expect(minutes.filter((minute) => minute >= oldest && minute <= last)).toEqual(
          Array.from({ length: last - oldest + 1 }, (_, index) => oldest + index),
        );
        await history.append(recordOf(last + 2));
        expect((await history.read(last + 2)).length).toBe(1);
        expect(problems).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });
});

describe('processes that write to one file', () => {
  it('lose nothing, also while it is ended again and again', { timeout: 120_000 }, async () => {
    const folder = newFolder();
    const file = path.join(folder, 'history.jsonl');
    const count = 240;
    // A quarter of it is 60 minutes: each process ends the file four times.
    const writers = ['a', 'b', 'c', 'd'].map((releaseId) => startWriter({ file, releaseId, count, maxMinutes: count }));
    expect(await Promise.all(writers.map(({ errors }) => errors))).toEqual(['', '', '', '']);
    const records = await fileHistory({ path: file, maxMinutes: count }).read(0);
    const names = records.map(({ releaseId, minute }) => `${releaseId} ${minute}`);
    expect(new Set(names).size).toBe(4 * count);
    expect(names.length).toBe(4 * count);
    expect(readdirSync(folder).length).toBeGreaterThan(3);
  });
});

describe('where no more fits', () => {
  it(
    'each minute is refused and said, what was taken stays, and later minutes are taken',
    { timeout: 60_000 },
    async () => {
      const file = path.join(newFolder(), 'history.jsonl');
      // The largest file in blocks of 512 bytes; some shells count in 1024. The write that reaches the limit is cut off.
      const full = startWriter({ file, count: 40, shell: "trap '' XFSZ; ulimit -f 4;" });
      const taken = await full.taken;
      const errors = await full.errors;
      expect(errors).toContain('HISTORY_FILE_FAILED');
      expect(errors.match(/HISTORY_FILE_FAILED/g)?.length).toBe(40 - taken.length);
      expect(errors).toMatch(/got +(a full disk|EFBIG)\n/);

      const problems: HealthError[] = [];
      const history = fileHistory({ path: file, onProblem: (problem) => void problems.push(problem) });
      await history.append(recordOf(40));
      expect((await history.read(0)).map(({ minute }) => minute)).toEqual([...taken, 40]);
      expect(problems).toEqual([]);
    },
  );
});
