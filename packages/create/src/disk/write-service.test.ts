import { existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { endedProcess, faultyWriter } from '../../fixtures/faulty-writer.ts';
import { diskBelow, temporaryFolder } from '../../fixtures/temporary-folder.ts';
import type { FileTree } from '../plan/template.ts';

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

describe.each([
  ['ENOSPC', 'the disk has room'],
  ['EDQUOT', 'the disk has room'],
  ['EIO', 'the folder can be written'],
  ['EACCES', 'the folder can be written'],
  ['EROFS', 'the folder can be written'],
])('with %s', (code, mended) => {
  it.each([
    ['services/new/ab', 'services', false],
    ['services/new/ab', 'services', true],
    ['there/ab', 'there/ab', false],
    ['there/ab', 'there/ab', true],
  ])('at any call, it leaves the disk as it was: %s, of which %s is new, half a file written: %s', async (...row) => {
    const [place, top, torn] = row;
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'there'));
    writeFileSync(path.join(folder, 'there/mine.txt'), 'mine');
    const before = diskBelow(folder);
    const target = path.join(folder, place);
    const places = [target, `${target}/a.txt`, `${target}/deep/er`, `${target}/deep/er/b.sh`, path.join(folder, top)];
    // The last call removes what is no longer there.
    for (const [index, called] of calls.slice(0, -1).entries()) {
      const { writer } = faultyWriter({ at: index + 1, code, torn });
      const run = writeService(target, files, { writer });
      await expect(run).rejects.toMatchObject({
        name: 'ScaffoldError',
        code: 'SCAFFOLD_WRITE',
        retryable: true,
        problems: [`${code}: as injected, ${called} '${places[index]}'`, `trying again is safe once ${mended}`],
      });
      await expect(run).rejects.toThrow('Nothing was written.');
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

describe('a staging folder that cannot be removed', () => {
  it('is named with the fault that left it there', async () => {
    const folder = temporaryFolder();
    const writer = {
      ...faultyWriter({ at: 4, code: 'EIO' }).writer,
      remove: () => {
        throw new Error('EBUSY: in use');
      },
    };
    const run = writeService(path.join(folder, 'ab'), files, { writer });
    await expect(run).rejects.toMatchObject({ code: 'SCAFFOLD_WRITE', problems: { length: 3 } });
    const [staging = ''] = readdirSync(folder);
    expect(staging).toMatch(/^\.ab\.seaworthy-/);
    await expect(run).rejects.toThrow(`  - ${path.join(folder, staging)} is left; the next run removes it\n`);
  });
});

describe('folders that earlier runs have left', () => {
  const mayGoOn = 'is left from a run that may still go on; remove it when it has ended';

  it('are removed when their process is gone, and only then', async () => {
    const folder = temporaryFolder();
    const gone = stagingName('other', endedProcess());
    const running = stagingName('other', process.ppid);
    const elsewhere = gone.replace(/seaworthy-.{8}/, 'seaworthy-00000000');
    const others = ['.other.seaworthy-notes', '.other', `${gone}.bak`, `x${gone}`];
    for (const name of [gone, running, elsewhere, ...others]) mkdirSync(path.join(folder, name));
    symlinkSync('.other', path.join(folder, stagingName('linked', endedProcess())));
    const before = Object.keys(diskBelow(folder)).filter((name) => name !== gone);
    expect(await writeService(path.join(folder, 'ab'), files)).toEqual([`${path.join(folder, elsewhere)} ${mayGoOn}`]);
    const left = Object.keys(diskBelow(folder)).filter((name) => !name.startsWith('ab'));
    expect(left.toSorted()).toEqual(before.toSorted());
  });

  it('are removed one folder further up too: there a run began for which the parent was still missing', async () => {
    const folder = temporaryFolder();
    const gone = path.join(folder, stagingName('ab', endedProcess()));
    mkdirSync(path.join(gone, 'ab'), { recursive: true });
    mkdirSync(path.join(folder, 'services'));
    expect(await writeService(path.join(folder, 'services/ab'), files)).toEqual([]);
    expect(readdirSync(folder)).toEqual(['services']);
  });

  it('stay and are told where a process of their number runs, but for longer than any run', async () => {
    const folder = temporaryFolder();
    const [young = '', old = ''] = [30, 90].map((minutes) => {
      const left = path.join(folder, stagingName(`left-${minutes}`, process.ppid));
      mkdirSync(left);
      const changedAt = new Date(Date.now() - minutes * 60_000);
      utimesSync(left, changedAt, changedAt);
      return left;
    });
    expect(await writeService(path.join(folder, 'ab'), files)).toEqual([`${old} ${mayGoOn}`]);
    expect([young, old].filter((left) => existsSync(left))).toEqual([young, old]);
  });

  it('stay when they cannot be removed: the run says so, and goes on', async () => {
    const folder = temporaryFolder();
    const left = path.join(folder, stagingName('other', endedProcess()));
    mkdirSync(left);
    const { writer, calls: made } = faultyWriter({ at: 1, code: 'EPERM' });
    expect(await writeService(path.join(folder, 'ab'), files, { writer })).toEqual([
      `${left} is left from a run that has ended, and cannot be removed (EPERM); its owner can`,
    ]);
    expect(made).toEqual(['remove', ...calls]);
    expect(readdirSync(folder).toSorted()).toEqual([path.basename(left), 'ab']);
  });
});
