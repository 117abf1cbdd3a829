import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import fc from 'fast-check';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import type { HealthError } from '../errors/health-error.ts';
import { recordOf } from '../testing/minute-records.ts';
import { fileHistory, type FileHistoryOptions } from './file-history.ts';
import { printRecord } from './minute-record-codec.ts';

let folder: string;
let file: string;
let problems: HealthError[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'history-'));
  file = path.join(folder, 'history.jsonl');
  problems = [];
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

const open = (maxMinutes = 1440) =>
  fileHistory({ path: file, maxMinutes, onProblem: (problem) => void problems.push(problem) });
const minutesIn = async (since = 0) => (await open().read(since)).map(({ minute }) => minute).toSorted((a, b) => a - b);
const linesOf = (...minutes: number[]) => minutes.map((minute) => `${printRecord(recordOf(minute))}\n`).join('');
const range = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);
const setAsideFiles = () => readdirSync(folder).filter((name) => name.includes('.set-aside-'));

describe('the file', () => {
  it('holds one JSON record a line, and nothing else', async () => {
    for (const minute of [7, 8]) await open().append(recordOf(minute));
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([recordOf(7), recordOf(8)]);
  });

  it('may end with a line break or not', async () => {
    writeFileSync(file, linesOf(5, 6));
    await open().append(recordOf(7));
    expect(await minutesIn()).toEqual([5, 6, 7]);
  });

  it('and its folder are created, also again', async () => {
    const deep = path.join(folder, 'a/b/history.jsonl');
    const history = fileHistory({ path: deep });
    await history.append(recordOf(1));
    rmSync(path.join(folder, 'a'), { recursive: true });
    expect(await history.read(0)).toEqual([]);
    await history.append(recordOf(2));
    expect(await history.read(0)).toEqual([recordOf(2)]);
  });

  it('stays where it is when the working directory changes', async () => {
    const before = process.cwd();
    const cwd = vi.spyOn(process, 'cwd').mockReturnValue(folder);
    const history = fileHistory({ path: 'history.jsonl' });
    cwd.mockReturnValue(before);
    await history.append(recordOf(3));
    expect(await minutesIn()).toEqual([3]);
  });
});

describe('its size', () => {
  it('is bounded: the oldest minutes are deleted, at least maxMinutes are kept', async () => {
    const history = open(40);
    for (const minute of range(1000, 400)) await history.append(recordOf(minute));
    const kept = await minutesIn();
    expect(kept.slice(-41)).toEqual(range(1359, 41));
    expect(kept.length).toBeLessThanOrEqual(60);
    expect(readdirSync(folder).length).toBeLessThanOrEqual(6);
  });

  it('is bounded also when the clock was far ahead and is set back', async () => {
    const history = open(4);
    for (const minute of [2_000_000_000, ...range(100, 300)]) await history.append(recordOf(minute, 'x'.repeat(1000)));
    const sizes = readdirSync(folder).map((name) => statSync(path.join(folder, name)).size);
    expect(Math.max(...sizes)).toBeLessThan(64 * 1024 + 2000);
    expect(await minutesIn(100)).toEqual(expect.arrayContaining(range(395, 5)));
  });

  it('is bounded also where the clock of one process is behind', async () => {
    for (const minute of range(1000, 100)) {
      await open(40).append(recordOf(minute));
      await open(40).append(recordOf(minute - 500));
    }
    expect(readdirSync(folder).length).toBeLessThan(10);
    expect(await minutesIn(1059)).toEqual(range(1059, 41));
  });

  it('leaves other files of the folder alone', async () => {
    const others = ['history.jsonl.1', 'history.jsonl.5-x', 'history.jsonl.bak', 'history.json.5-0123456789ab'];
    for (const name of others) writeFileSync(path.join(folder, name), 'mine');
    const history = open(4);
    for (const minute of range(1000, 40)) await history.append(recordOf(minute));
    for (const name of others) expect(readFileSync(path.join(folder, name), 'utf8')).toBe('mine');
    expect(problems).toEqual([]);
  });
});

describe('a line that was cut off', () => {
  it('is left out wherever the cut is, and what is appended after it is kept', async () => {
    const length = Buffer.byteLength(linesOf(1));
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 3 * length }), fc.boolean(), async (size, appendsAgain) => {
        rmSync(file, { force: true });
        for (const minute of [1, 2, 3]) await open().append(recordOf(minute));
        truncateSync(file, size);
        const whole = Math.floor(size / length);
        expect(await minutesIn()).toEqual(range(1, whole));
        if (appendsAgain) await open().append(recordOf(9));
        expect(await minutesIn()).toEqual([...range(1, whole), ...(appendsAgain ? [9] : [])]);
        expect([problems, setAsideFiles()]).toEqual([[], []]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a file that holds something else', () => {
  const foreign = ['id,name\n1,Ada\n', '{"minute":"five"}\n', '[1]\n', '\0\0\0\n', 'x'.repeat(100_000)];

  it.each(foreign)('is set aside unchanged, and said: %j', async (content) => {
    writeFileSync(file, content);
    await open().append(recordOf(5));
    expect(await minutesIn()).toEqual([5]);
    const [aside = ''] = setAsideFiles();
    expect(readFileSync(path.join(folder, aside), 'utf8')).toBe(content);
    expect(problems.map(({ code, retryable }) => [code, retryable])).toEqual([['HISTORY_FILE_SET_ASIDE', false]]);
    expect(problems[0]?.message).toContain(aside);
  });

  it('is set aside by reading too', async () => {
    writeFileSync(file, 'id,name\n');
    expect(await minutesIn()).toEqual([]);
    expect([problems.length, setAsideFiles().length]).toEqual([1, 1]);
    expect(await minutesIn()).toEqual([]);
    expect(problems.length).toBe(1);
  });

  it('loses none of its minutes that can be read', async () => {
    writeFileSync(file, `${linesOf(1)}what is this\n${linesOf(2, 3)}`);
    await open().append(recordOf(4));
    expect(await minutesIn()).toEqual([1, 2, 3, 4]);
    expect(problems.map(({ message }) => message).join()).toContain('line 2 is no minute record');
    expect(setAsideFiles().length).toBe(1);
  });

  it('is found among the full ones as well', async () => {
    const history = open(8);
    for (const minute of range(1000, 6)) await history.append(recordOf(minute));
    const full = readdirSync(folder).find((name) => name.includes('.1'))!;
    writeFileSync(path.join(folder, full), `${linesOf(1000)}damaged\n`);
    expect(await minutesIn()).toContain(1000);
    expect([problems.length, setAsideFiles().length]).toEqual([1, 1]);
    expect(await minutesIn()).toContain(1000);
    expect(problems.length).toBe(1);
  });

  it('is said once and its minutes are kept once when many find it at the same time', async () => {
    for (let round = 0; round < 10; round += 1) {
      writeFileSync(file, `${linesOf(1, 2)}damaged\n`);
      await Promise.all(range(10, 5).map((minute) => open().append(recordOf(minute))));
      expect(new Set(await minutesIn())).toEqual(new Set([1, 2, ...range(10, 5)]));
      for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
    }
  });

  it('a broken onProblem changes nothing', async () => {
    for (const onProblem of [
      () => Promise.reject(new Error('no')) as unknown as undefined,
      () => {
        throw new Error('no');
      },
    ]) {
      writeFileSync(file, 'damaged\n');
      await fileHistory({ path: file, onProblem }).append(recordOf(1));
      expect(await minutesIn(1)).toContain(1);
    }
  });

  it('without onProblem is a warning of the process', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockReturnValue(undefined);
    writeFileSync(file, 'damaged\n');
    await fileHistory({ path: file }).append(recordOf(1));
    await vi.waitFor(() =>
      expect(warn).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'HealthError' })),
    );
  });
});

describe('a place where no file can be', () => {
  it.each([
    ['a folder', () => mkdirSync(file)],
    [
      'a folder that is a file',
      () => ((file = path.join(folder, 'x/history.jsonl')), writeFileSync(path.join(folder, 'x'), '')),
    ],
    ['a device', () => (file = '/dev/full')],
    ['a named pipe', () => execFileSync('mkfifo', [file])],
  ])('%s is refused, left alone, and tried again', async (_what, arrange) => {
    arrange();
    const history = open();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(history.append(recordOf(1))).rejects.toMatchObject({ code: 'HISTORY_FILE_FAILED', retryable: true });
      await expect(history.read(0)).rejects.toThrow(file);
    }
    expect(setAsideFiles()).toEqual([]);
    rmSync(path.join(folder, 'x'), { force: true });
  });

  it('says what to do', async () => {
    mkdirSync(file);
    const error = await open()
      .append(recordOf(1))
      .catch((error: unknown) => String(error));
    expect(String(error).replace(file, '<file>')).toMatchInlineSnapshot(`
      "HealthError: the file of the history cannot be used. The service goes on without it.

      1. <file>  HISTORY_FILE_FAILED
         got       EISDIR
         expected  a regular file, or none yet, in a folder where this process may create and rename files, and free space
         fix       make the folder writable for the user of the process, free space, or name another path
         retry     yes: the same call works as soon as that is mended
         owner     whoever runs the service"
    `);
  });
});

describe('options', () => {
  it.each([
    [undefined, 'options'],
    ['history.jsonl', 'options'],
    [{}, 'path'],
    [{ path: '' }, 'path'],
    [{ path: 'a\0b' }, 'path'],
    [{ path: 5 }, 'path'],
    [{ path: 'a', maxMinutes: 0 }, 'maxMinutes'],
    [{ path: 'a', maxMinutes: 1.5 }, 'maxMinutes'],
    [{ path: 'a', maxMinutes: '60' }, 'maxMinutes'],
    [{ path: 'a', maxMinutes: Number.POSITIVE_INFINITY }, 'maxMinutes'],
    [{ path: 'a', onProblem: 'log' }, 'onProblem'],
  ])('%j is refused for its %s', (options, name) => {
    const opening = () => fileHistory(options as FileHistoryOptions);
    expect(opening).toThrow(expect.objectContaining({ name: 'HealthError', code: 'HISTORY_OPTIONS_INVALID' }));
    expect(opening).toThrow(`1. ${name}  HISTORY_OPTIONS_INVALID\n`);
  });

  it('are explained, every wrong one at once', () => {
    expect(() => fileHistory({ path: '', maxMinutes: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [HealthError: 2 problems: the options of the history are wrong. No history was opened.

      1. path  HISTORY_OPTIONS_INVALID
         got       "" (string)
         expected  text that is not empty
         fix       pass such a value as path
         retry     no: the same value fails again
         owner     the code that opens the history

      2. maxMinutes  HISTORY_OPTIONS_INVALID
         got       -1 (number)
         expected  whole minutes from 1 to 1000000
         fix       pass such a value as maxMinutes
         retry     no: the same value fails again
         owner     the code that opens the history]
    `);
  });
});
