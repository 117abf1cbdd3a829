import { existsSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { endedProcess, faultyWriter } from '../../fixtures/faulty-writer.ts';
import { diskBelow, temporaryFolder } from '../../fixtures/temporary-folder.ts';
import type { FileTree } from '../plan/template.ts';

import { diskWriter } from './disk-writer.ts';
import { stagingName } from './staging-folder.ts';
import { writeService } from './write-service.ts';

const files: FileTree = new Map([
  ['a.txt', { contents: Buffer.from('a'), mode: 0o644 }],
  ['deep/er/b.sh', { contents: Buffer.from([0, 255]), mode: 0o755 }],
]);
const calls = ['mkdir', 'writeFile', 'mkdir', 'writeFile', 'rename', 'remove'];

describe('writeService', () => {
  it('writes every file with its mode, and leaves nothing beside the target', async () => {
    const folder = temporaryFolder();
    expect(await writeService(path.join(folder, 'services/ab'), files)).toEqual([]);
    expect(diskBelow(folder)).toEqual({
      services: 'folder',
      'services/ab': 'folder',
      'services/ab/a.txt': 'a',
      'services/ab/deep': 'folder',
      'services/ab/deep/er': 'folder',
      'services/ab/deep/er/b.sh': '\0\u00ff',
    });
    expect(statSync(path.join(folder, 'services/ab/deep/er/b.sh')).mode & 0o100).toBe(0o100);
  });

  it('makes these calls that change the disk, and no other', async () => {
    const counted = faultyWriter({});
    await writeService(path.join(temporaryFolder(), 'new/ab'), files, { writer: counted.writer });
    expect(counted.calls).toEqual(calls);
  });

  it('lets the last step work where nobody sees it, and shows its work with the rest', async () => {
    const folder = temporaryFolder();
    const finish = (staged: string) => {
      expect(existsSync(path.join(folder, 'new'))).toBe(false);
      writeFileSync(path.join(staged, 'more.txt'), 'more');
      return Promise.resolve();
    };
    await writeService(path.join(folder, 'new/ab'), files, { finish });
    expect(diskBelow(folder)['new/ab/more.txt']).toBe('more');
  });

  it('leaves the disk as it was when the last step fails', async () => {
    const folder = temporaryFolder();
    const run = writeService(path.join(folder, 'new/ab'), files, { finish: () => Promise.reject(new Error('no')) });
    await expect(run).rejects.toThrow(/SCAFFOLD_WRITE/);
    expect(diskBelow(folder)).toEqual({});
  });

  it('replaces nothing that appears while it writes, an empty folder neither', async () => {
    const folder = temporaryFolder();
    const target = path.join(folder, 'ab');
    const { writer } = faultyWriter({ at: 4, before: () => mkdirSync(target) });
    await expect(writeService(target, files, { writer })).rejects.toMatchObject({ code: 'SCAFFOLD_TARGET' });
    expect(diskBelow(folder)).toEqual({ ab: 'folder' });
  });

  it.each(['services/new/ab', 'services/ab'])('joins a parent that appears while it writes: %s', async (place) => {
    const folder = temporaryFolder();
    const theirs = path.join(folder, 'services/theirs.txt');
    const appear = () => {
      mkdirSync(path.dirname(theirs));
      writeFileSync(theirs, 'theirs');
    };
    const { writer } = faultyWriter({ at: 5, before: appear });
    await writeService(path.join(folder, place), files, { writer });
    expect(diskBelow(folder)).toMatchObject({ 'services/theirs.txt': 'theirs', [`${place}/a.txt`]: 'a' });
    expect(Object.keys(diskBelow(folder)).filter((file) => file.includes('seaworthy-'))).toEqual([]);
  });

  it.each([
    ['SIGINT', 2],
    ['SIGTERM', 2],
    ['SIGHUP', 4],
  ] as const)('takes away what it began when %s comes with call %i', async (signal, at) => {
    const folder = temporaryFolder();
    const listeners = process.listenerCount(signal);
    const { writer } = faultyWriter({ at, before: () => process.emit(signal, signal) });
    const run = writeService(path.join(folder, 'services/ab'), files, { writer });
    await expect(run).rejects.toMatchObject({ code: 'SCAFFOLD_CANCELLED', signal });
    await expect(run).rejects.toThrow(`${signal} came while writing`);
    expect(diskBelow(folder)).toEqual({});
    expect(process.listenerCount(signal)).toBe(listeners);
  });

  it('follows a parent that is a link', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'real'));
    symlinkSync('real', path.join(folder, 'link'));
    await writeService(path.join(folder, 'link/ab'), files);
    expect(existsSync(path.join(folder, 'real/ab/a.txt'))).toBe(true);
  });
});

describe.each(['ENOSPC', 'EIO', 'EACCES', 'EROFS'])('with %s', (code) => {
  it.each(['services/new/ab', 'there/ab'])('at any call, it leaves the disk as it was: %s', async (target) => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'there'));
    writeFileSync(path.join(folder, 'there/mine.txt'), 'mine');
    const before = diskBelow(folder);
    // The last call removes what is no longer there.
    for (let at = 1; at < calls.length; at += 1) {
      const { writer } = faultyWriter({ at, code });
      const run = writeService(path.join(folder, target), files, { writer });
      await expect(run).rejects.toMatchObject({ name: 'ScaffoldError', code: 'SCAFFOLD_WRITE', retryable: true });
      await expect(run).rejects.toThrow(new RegExp(`Nothing was written.*${code}.*trying again is safe`, 's'));
      expect(diskBelow(folder)).toEqual(before);
    }
  });

  it('at the last call, the service is complete', async () => {
    const folder = temporaryFolder();
    await writeService(path.join(folder, 'ab'), files, { writer: faultyWriter({ at: calls.length, code }).writer });
    expect(diskBelow(folder)).toMatchObject({ 'ab/a.txt': 'a' });
  });
});

describe('killed at any call', () => {
  it.each(['services/new/ab', 'ab'])('leaves nothing or all, and the next run cleans up: %s', async (place) => {
    const whole = temporaryFolder();
    await writeService(path.join(whole, place), files);
    for (let at = 1; at <= calls.length; at += 1) {
      for (const torn of [false, true]) {
        const folder = temporaryFolder();
        // From this call on the process is gone: nothing it would do afterwards happens, its cleaning up neither.
        const { writer } = faultyWriter({ at, dead: true, torn, pid: endedProcess() });
        await writeService(path.join(folder, place), files, { writer }).catch(() => undefined);
        const seen = Object.entries(diskBelow(folder)).filter(([file]) => !file.includes('.seaworthy-'));
        expect([{}, diskBelow(whole)]).toContainEqual(Object.fromEntries(seen));
        if (seen.length === 0) await writeService(path.join(folder, place), files);
        expect(diskBelow(folder)).toEqual(diskBelow(whole));
        rmSync(folder, { recursive: true });
      }
    }
  });
});

describe('folders that earlier runs have left', () => {
  it('are removed when their process is gone, and only then', async () => {
    const folder = temporaryFolder();
    const gone = stagingName('other', endedProcess());
    const running = stagingName('other', process.ppid);
    const elsewhere = gone.replace(/seaworthy-.{8}/, 'seaworthy-00000000');
    const others = ['.other.seaworthy-notes', '.other', `${gone}.bak`, `x${gone}`];
    for (const name of [gone, running, elsewhere, ...others]) mkdirSync(path.join(folder, name));
    symlinkSync('.other', path.join(folder, stagingName('linked', endedProcess())));
    const before = Object.keys(diskBelow(folder)).filter((name) => name !== gone);
    expect(await writeService(path.join(folder, 'ab'), files)).toEqual([path.join(folder, elsewhere)]);
    const left = Object.keys(diskBelow(folder)).filter((name) => !name.startsWith('ab'));
    expect(left.toSorted()).toEqual(before.toSorted());
  });

  it('stay when they cannot be removed, and the run says so', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, stagingName('other', endedProcess())));
    const before = diskBelow(folder);
    const writer = {
      ...diskWriter,
      remove: () => {
        throw new Error('EPERM: not permitted');
      },
    };
    await expect(writeService(path.join(folder, 'ab'), files, { writer })).rejects.toThrow(/SCAFFOLD_WRITE.*EPERM/s);
    expect(diskBelow(folder)).toEqual(before);
  });
});
