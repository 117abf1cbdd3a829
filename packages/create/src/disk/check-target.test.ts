import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

import { checkTarget, isService, nearestFolder, refuseExisting } from './check-target.ts';

describe('checkTarget', () => {
  it.each(['services', '.', 'a/b/../c', '..hidden'])('resolves %s below where the user stands', async (directory) => {
    const cwd = temporaryFolder();
    expect(await checkTarget(cwd, directory, 'ab')).toBe(path.join(cwd, directory, 'ab'));
  });

  it('takes a whole path anywhere', async () => {
    const elsewhere = temporaryFolder();
    expect(await checkTarget(temporaryFolder(), elsewhere, 'ab')).toBe(path.join(elsewhere, 'ab'));
  });

  it.each([
    ['a file', (target: string) => writeFileSync(target, '')],
    ['an empty folder', (target: string) => mkdirSync(target)],
    ['a link that leads nowhere', (target: string) => symlinkSync('nowhere', target)],
  ])('refuses %s in its place', async (_what, put) => {
    const cwd = temporaryFolder();
    put(path.join(cwd, 'ab'));
    await expect(refuseExisting(path.join(cwd, 'ab'))).rejects.toMatchObject({
      code: 'SCAFFOLD_TARGET',
      problems: [`${path.join(cwd, 'ab')} exists already; choose another --name or remove it first`],
    });
  });

  it('names the command that updates a service that is there already', async () => {
    const cwd = temporaryFolder();
    mkdirSync(path.join(cwd, 'ab/.seaworthy'), { recursive: true });
    writeFileSync(path.join(cwd, 'ab/.seaworthy/state.json'), '{}');
    const command = `npx create-seaworthy update --dry-run ${path.join(cwd, 'ab')}`;
    expect(await isService(path.join(cwd, 'ab'))).toBe(true);
    expect(await isService(path.join(cwd, 'cd'))).toBe(false);
    await expect(refuseExisting(path.join(cwd, 'ab'))).rejects.toThrow(command);
  });

  it('refuses a parent that is a file, or lies below one, or is a link that leads nowhere', async () => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'file'), '');
    symlinkSync('nowhere', path.join(cwd, 'link'));
    for (const directory of ['file', 'file/below', 'link', path.join(cwd, 'file')]) {
      await expect(checkTarget(cwd, directory, 'ab')).rejects.toThrow(/is not a folder; choose another --directory/);
    }
  });

  it('refuses a name that the disk does not take', async () => {
    const cwd = temporaryFolder();
    const long = 'x'.repeat(300);
    await expect(checkTarget(cwd, `${long}/deeper`, 'ab')).rejects.toMatchObject({
      code: 'SCAFFOLD_TARGET',
      problems: [`${path.join(cwd, long, 'deeper')} cannot be looked at (ENAMETOOLONG); choose another --directory`],
    });
  });

  it('refuses a relative path that leads out, and says which whole path would do', async () => {
    const cwd = path.join(temporaryFolder(), 'inner');
    mkdirSync(cwd);
    const outer = path.dirname(cwd);
    for (const directory of ['..', 'a/../..'])
      await expect(checkTarget(cwd, directory, 'ab')).rejects.toThrow(`give the whole path: --directory=${outer}`);
  });

  it('refuses a link that leads out, and takes one that stays inside', async () => {
    const cwd = temporaryFolder();
    symlinkSync(temporaryFolder(), path.join(cwd, 'out'));
    mkdirSync(path.join(cwd, 'inside'));
    symlinkSync('inside', path.join(cwd, 'in'));
    for (const directory of ['out', 'out/further'])
      await expect(checkTarget(cwd, directory, 'ab')).rejects.toThrow(/is a link that leads out of/);
    expect(await checkTarget(cwd, 'in', 'ab')).toBe(path.join(cwd, 'in/ab'));
  });
});

describe('nearestFolder', () => {
  it('is the first one above that is there', async () => {
    const folder = temporaryFolder();
    expect(await nearestFolder(path.join(folder, 'a/b/c'))).toBe(folder);
    expect(await nearestFolder(folder)).toBe(folder);
  });
});
