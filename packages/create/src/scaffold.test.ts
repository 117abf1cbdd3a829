import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { diskWriter, type DiskWriter } from './disk/write-service.ts';
import { hostNodeVersion, runsTypeScript } from './disk/host-node.ts';
import { ScaffoldError } from './errors.ts';
import { sha256 } from './plan/template.ts';
import { scaffold, type ScaffoldOptions } from './scaffold.ts';

const archive = path.resolve(import.meta.dirname, '../dist/templates.tgz');
const answers = { name: 'orders-api', language: 'python', owner: 'team-orders' };
let cwd: string;
let outside: string;

beforeEach(() => {
  cwd = mkdtempSync(path.join(tmpdir(), 'scaffold-'));
  outside = mkdtempSync(path.join(tmpdir(), 'outside-'));
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
  vi.stubEnv('GIT_CONFIG_SYSTEM', '/dev/null');
  for (const who of ['AUTHOR', 'COMMITTER']) {
    vi.stubEnv(`GIT_${who}_NAME`, 'A Developer');
    vi.stubEnv(`GIT_${who}_EMAIL`, 'developer@example.com');
  }
});
afterEach(() => {
  for (const folder of [cwd, outside]) rmSync(folder, { recursive: true, force: true });
});

const run = (extra: object = {}, options: ScaffoldOptions = {}) =>
  scaffold({ ...answers, ...extra }, { cwd, archive, ...options });
const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim();

/** Every path below a folder, with what it holds. */
function snapshot(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.includes('.git/'))
    .toSorted()
    .map(
      (name) =>
        `${name} ${lstatSync(path.join(folder, name)).isFile() ? sha256(readFileSync(path.join(folder, name))) : ''}`,
    );
}

describe('scaffold', () => {
  it('writes a whole service, and what its state says', async () => {
    const { target, files, notes } = await run();
    expect(target).toBe(path.join(cwd, 'services/orders-api'));
    expect(notes).toEqual([]);
    const state = JSON.parse(readFileSync(path.join(target, '.seaworthy/state.json'), 'utf8')) as {
      files: Record<string, { sha256: string; mode: string }>;
    };
    for (const [file, { sha256: hash, mode }] of Object.entries(state.files)) {
      expect(sha256(readFileSync(path.join(target, file)))).toBe(hash);
      expect((lstatSync(path.join(target, file)).mode & 0o777).toString(8)).toBe(mode);
    }
    expect(Object.keys(state.files).length).toBe(files.length - 1);
    expect(readdirSync(path.join(cwd, 'services'))).toEqual(['orders-api']);
  });

  it('makes a repository of its own with one commit of every file', async () => {
    const { target, files } = await run();
    expect(git(target, 'log', '--format=%s %an')).toBe('Start orders-api from the python template A Developer');
    expect(git(target, 'status', '--porcelain')).toBe('');
    expect(git(target, 'ls-files').split('\n')).toHaveLength(files.length);
  });

  it('leaves the repository it becomes part of alone, and tags by its name there', async () => {
    git(cwd, 'init', '--quiet');
    const { target } = await run();
    expect(existsSync(path.join(target, '.git'))).toBe(false);
    expect(JSON.parse(readFileSync(path.join(target, 'service.json'), 'utf8'))).toMatchObject({
      release: { tagPrefix: 'orders-api@' },
    });
  });

  it('has a repository of its own in an ignored folder', async () => {
    git(cwd, 'init', '--quiet');
    writeFileSync(path.join(cwd, '.gitignore'), 'services/\n');
    const { target } = await run();
    expect(existsSync(path.join(target, '.git'))).toBe(true);
  });

  it('makes no repository when it is told so', async () => {
    const { target, notes } = await run({ git: false });
    expect([existsSync(path.join(target, '.git')), notes]).toEqual([false, []]);
  });

  it('is complete without an identity, and says which commands are left', async () => {
    for (const who of ['AUTHOR', 'COMMITTER'])
      for (const what of ['NAME', 'EMAIL']) vi.stubEnv(`GIT_${who}_${what}`, undefined);
    vi.stubEnv('EMAIL', undefined);
    const { target, notes } = await run();
    expect(existsSync(path.join(target, 'RUNBOOK.md'))).toBe(true);
    expect(notes.join()).toMatch(/git does not know who you are .* git init -b main && git add --all && git commit/);
  });

  it('is complete without git, and says so', async () => {
    vi.stubEnv('PATH', cwd);
    const { target, notes } = await run();
    expect(existsSync(path.join(target, 'RUNBOOK.md'))).toBe(true);
    expect(notes.join()).toContain('git is not installed');
  });
});

describe('a refusal writes nothing', () => {
  it.each([
    ['a file', () => writeFileSync(path.join(cwd, 'services/orders-api'), '')],
    ['an empty folder', () => mkdirSync(path.join(cwd, 'services/orders-api'))],
    ['a link to nowhere', () => symlinkSync('/nowhere', path.join(cwd, 'services/orders-api'))],
  ])('where %s stands already', async (_what, prepare) => {
    mkdirSync(path.join(cwd, 'services'));
    prepare();
    const before = snapshot(cwd);
    await expect(run()).rejects.toThrow('exists already');
    expect(snapshot(cwd)).toEqual(before);
  });

  it.each([
    ['../elsewhere', 'leads out of'],
    ['file/below', 'is not a folder'],
    ['link', 'is a link that leads out of'],
  ])('for the folder %s', async (directory, reason) => {
    writeFileSync(path.join(cwd, 'file'), '');
    symlinkSync(outside, path.join(cwd, 'link'));
    const before = snapshot(cwd);
    await expect(run({ directory })).rejects.toThrow(reason);
    expect(snapshot(cwd)).toEqual(before);
  });

  it('for wrong answers', async () => {
    await expect(run({ name: '../x' })).rejects.toMatchObject({ code: 'SCAFFOLD_ANSWERS' });
    expect(snapshot(cwd)).toEqual([]);
  });
});

describe('a failure leaves the disk as it was', () => {
  function failingAt(call: number): DiskWriter {
    let calls = 0;
    const guarded =
      <Args extends readonly unknown[]>(action: (...args: Args) => Promise<unknown>) =>
      async (...args: Args): Promise<unknown> => {
        calls += 1;
        if (calls === call) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
        return action(...args);
      };
    return {
      mkdir: guarded(diskWriter.mkdir),
      writeFile: guarded(diskWriter.writeFile),
      rename: guarded(diskWriter.rename),
    };
  }

  it('at whichever call it happens', { timeout: 60_000 }, async () => {
    writeFileSync(path.join(cwd, 'mine.txt'), 'kept');
    const before = snapshot(cwd);
    let call = 1;
    for (; ; call += 1) {
      const failure = await run({ git: false }, { writer: failingAt(call) }).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failure === undefined) break;
      expect(failure).toMatchObject({
        code: 'SCAFFOLD_WRITE',
        message: expect.stringContaining('trying again is safe') as string,
      });
      expect(failure).toBeInstanceOf(ScaffoldError);
      expect(snapshot(cwd)).toEqual(before);
    }
    expect(call).toBeGreaterThan(100);
    expect(existsSync(path.join(cwd, 'services/orders-api/RUNBOOK.md'))).toBe(true);
  });

  it('and keeps what others put into a folder it made', async () => {
    const writer: DiskWriter = {
      ...diskWriter,
      rename: () => {
        writeFileSync(path.join(cwd, 'services/theirs.txt'), '');
        return Promise.reject(new Error('EIO'));
      },
    };
    await expect(run({}, { writer })).rejects.toThrow('EIO');
    expect(readdirSync(path.join(cwd, 'services'))).toEqual(['theirs.txt']);
  });
});

describe("the host's Node", () => {
  function fakeNode(folder: string, version: string): string {
    const bin = path.join(cwd, folder);
    mkdirSync(bin, { recursive: true });
    writeFileSync(path.join(bin, 'node'), `#!/bin/sh\necho ${version}\n`);
    chmodSync(path.join(bin, 'node'), 0o755);
    return bin;
  }

  it('is the one outside of projects', async () => {
    const searchPath = [fakeNode('node_modules/.bin', 'v24.0.0'), fakeNode('bin', 'v20.20.2')].join(path.delimiter);
    expect(await hostNodeVersion(searchPath)).toBe('v20.20.2');
    expect(await hostNodeVersion(path.join(cwd, 'empty'))).toBeUndefined();
  });

  it.each([
    ['v20.20.2', false],
    ['v22.17.9', false],
    ['v22.18.0', true],
    ['v24.0.0', true],
    [undefined, false],
  ])('%s runs TypeScript: %s', (version, runs) => {
    expect(runsTypeScript(version)).toBe(runs);
  });
});
