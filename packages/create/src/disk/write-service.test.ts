import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { diskBelow, temporaryFolder } from '../../fixtures/temporary-folder.ts';
import type { FileTree } from '../plan/template.ts';

import { diskWriter, writeService, type DiskWriter } from './write-service.ts';

const files: FileTree = new Map([
  ['a.txt', { contents: Buffer.from('a'), mode: 0o644 }],
  ['deep/er/b.sh', { contents: Buffer.from([0, 255]), mode: 0o755 }],
]);

/** A writer whose call number `failing` fails; `before` looks at the disk at that moment. */
function failingWriter(failing: number, before: () => void = () => {}) {
  let calls = 0;
  const count = () => {
    calls += 1;
    if (calls !== failing) return;
    before();
    throw new Error('ENOSPC: no space left on device');
  };
  // oxlint-disable-next-line typescript/require-await -- a rejection, as the disk gives it
  const wrap = async (): Promise<void> => count();
  const writer: DiskWriter = {
    mkdir: (folder) => wrap().then(() => diskWriter.mkdir(folder)),
    writeFile: (...args) => wrap().then(() => diskWriter.writeFile(...args)),
    rename: (...args) => wrap().then(() => diskWriter.rename(...args)),
  };
  return { writer, calls: () => calls };
}

describe('writeService', () => {
  it('writes every file with its mode, and leaves nothing beside the target', async () => {
    const folder = temporaryFolder();
    await writeService(path.join(folder, 'services/ab'), files);
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

  it.each(['services/new/ab', 'there/ab'])('leaves the disk as it was, whichever call fails: %s', async (target) => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'there'));
    writeFileSync(path.join(folder, 'there/mine.txt'), 'mine');
    const before = diskBelow(folder);
    const counted = failingWriter(0);
    await writeService(path.join(temporaryFolder(), 'ab'), files, counted.writer);
    expect(counted.calls()).toBe(7);
    for (let failing = 1; failing <= counted.calls(); failing += 1) {
      const { writer } = failingWriter(failing);
      const run = writeService(path.join(folder, target), files, writer);
      await expect(run).rejects.toMatchObject({ name: 'ScaffoldError', code: 'SCAFFOLD_WRITE' });
      await expect(run).rejects.toThrow(/Nothing was written.*ENOSPC.*trying again is safe/s);
      expect(diskBelow(folder)).toEqual(before);
    }
  });

  it('leaves what somebody else put into a folder that it made', async () => {
    const folder = temporaryFolder();
    const theirs = path.join(folder, 'services/theirs.txt');
    const { writer } = failingWriter(5, () => writeFileSync(theirs, 'theirs'));
    await expect(writeService(path.join(folder, 'services/new/ab'), files, writer)).rejects.toThrow(/SCAFFOLD_WRITE/);
    expect(diskBelow(folder)).toEqual({ services: 'folder', 'services/theirs.txt': 'theirs' });
  });

  it('replaces nothing that appears while it writes, an empty folder neither', async () => {
    const folder = temporaryFolder();
    const target = path.join(folder, 'ab');
    const writer = {
      ...diskWriter,
      writeFile: (file: string, contents: Buffer, mode: number) => {
        if (file.endsWith('b.sh')) mkdirSync(target);
        return diskWriter.writeFile(file, contents, mode);
      },
    };
    await expect(writeService(target, files, writer)).rejects.toMatchObject({ code: 'SCAFFOLD_TARGET' });
    expect(diskBelow(folder)).toEqual({ ab: 'folder' });
  });

  it.each([
    ['SIGINT', 1],
    ['SIGTERM', 1],
    ['SIGHUP', 2],
  ] as const)('takes away what it began when %s comes with file %i', async (signal, last) => {
    const folder = temporaryFolder();
    const listeners = process.listenerCount(signal);
    const written: boolean[] = [];
    const writer = {
      ...diskWriter,
      writeFile: async (file: string, contents: Buffer, mode: number) => {
        await diskWriter.writeFile(file, contents, mode);
        written.push(existsSync(file));
        if (written.length === last) process.emit(signal, signal);
      },
    };
    const run = writeService(path.join(folder, 'services/ab'), files, writer);
    await expect(run).rejects.toThrow(`${signal} came while writing`);
    expect(written).toEqual(Array.from({ length: last }, () => true));
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
