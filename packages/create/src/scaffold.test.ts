import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { beforeEach, describe, expect, it, vi } from 'vitest';

import { faultyWriter } from '../fixtures/faulty-writer.ts';
import { gitIn, stubGitConfig } from '../fixtures/git.ts';
import { diskBelow, temporaryFolder } from '../fixtures/temporary-folder.ts';
import { templateArchive } from '../fixtures/templates.ts';

import { sha256 } from './plan/template.ts';
import { scaffold, type ScaffoldOptions } from './scaffold.ts';

const answers = { name: 'orders-api', language: 'node', owner: 'team-orders' };

function run(input: Readonly<Record<string, unknown>>, options: ScaffoldOptions) {
  return scaffold(input, { archive: templateArchive(), hostNode: 'v24.0.0', ...options });
}

function vendorFolder(): string {
  const folder = temporaryFolder();
  const index = { '@seaworthy/defaults': 'defaults-1.tgz', '@seaworthy/preset': 'preset-1.tgz' };
  writeFileSync(path.join(folder, 'vendor.json'), JSON.stringify(index));
  for (const file of Object.values(index)) writeFileSync(path.join(folder, file), `packed ${file}`);
  return folder;
}

function readJson(...place: readonly string[]) {
  return JSON.parse(readFileSync(path.join(...place), 'utf8')) as Record<string, unknown>;
}

beforeEach(() => stubGitConfig());

describe('scaffold', () => {
  it.each(['node', 'python'])('writes a %s service with a repository of its own', async (language) => {
    const cwd = temporaryFolder();
    const result = await run({ ...answers, language }, { cwd });
    const target = path.join(cwd, 'services/orders-api');
    expect(result).toMatchObject({ target, notes: [], answers: { onCall: 'team-orders', directory: 'services' } });
    expect(gitIn(target, 'log', '--format=%s')).toBe(`Start orders-api from the ${language} template`);
    expect(gitIn(target, 'status', '--porcelain')).toBe('');
    expect(result.files.toSorted()).toEqual([...gitIn(target, 'ls-files').split('\n'), 'ignored.txt'].toSorted());
    expect(readJson(target, 'service.json')).toMatchObject({ name: 'orders-api', release: { tagPrefix: 'v' } });
  });

  it('records in state.json the files as they lie on the disk', async () => {
    const { target } = await run(answers, { cwd: temporaryFolder(), vendorDirectory: vendorFolder() });
    const { files } = readJson(target, '.seaworthy/state.json') as { files: Record<string, { sha256: string }> };
    expect(Object.keys(files)).toContain('vendor/defaults-1.tgz');
    for (const [file, { sha256: recorded }] of Object.entries(files))
      expect([file, sha256(readFileSync(path.join(target, file)))]).toEqual([file, recorded]);
  });

  it('becomes part of a repository that is there, with a tag prefix of its own', async () => {
    const cwd = temporaryFolder();
    gitIn(cwd, 'init', '--quiet');
    const { target, notes } = await run(answers, { cwd });
    expect(existsSync(path.join(target, '.git'))).toBe(false);
    expect(notes).toEqual([]);
    expect(readJson(target, 'service.json')).toMatchObject({ release: { tagPrefix: 'orders-api@' } });
    expect(readFileSync(path.join(target, 'RUNBOOK.md'), 'utf8')).toContain("--match 'orders-api@*'");
  });

  it('gets its own repository where that one ignores it', async () => {
    const cwd = temporaryFolder();
    gitIn(cwd, 'init', '--quiet');
    writeFileSync(path.join(cwd, '.gitignore'), 'services/\n');
    const { target } = await run(answers, { cwd });
    expect(gitIn(target, 'rev-list', '--count', 'HEAD')).toBe('1');
    expect(readJson(target, 'service.json')).toMatchObject({ release: { tagPrefix: 'v' } });
  });

  it('is complete without git, without an identity and without wanting a repository', async () => {
    const complete = (await run({ ...answers, git: false }, { cwd: temporaryFolder() })).files;
    stubGitConfig('');
    const unknown = await run(answers, { cwd: temporaryFolder() });
    vi.stubEnv('PATH', temporaryFolder());
    const without = await run(answers, { cwd: temporaryFolder() });
    expect([unknown.files, without.files]).toEqual([complete, complete]);
    expect(unknown.notes).toEqual([
      expect.stringMatching(`^git does not know who you are .+ Then: cd ${unknown.target} && git init `),
    ]);
    expect(without.notes).toEqual([
      expect.stringMatching(`^git is not installed, .+ Later: cd ${without.target} && git init `),
    ]);
    for (const { target, files } of [unknown, without])
      expect(files.filter((file) => !existsSync(path.join(target, file)))).toEqual([]);
  });

  it.each([
    ['v20.20.2', true],
    ['v22.18.0', false],
  ])('on a host with Node %s, brings its own Node: %s', async (hostNode, brings) => {
    const { target } = await run(answers, { cwd: temporaryFolder(), hostNode });
    expect('optionalDependencies' in readJson(target, 'package.json')).toBe(brings);
  });

  it('brings its own Node where the host has none', async () => {
    vi.stubEnv('PATH', temporaryFolder());
    const { target } = await scaffold(answers, { archive: templateArchive(), cwd: temporaryFolder() });
    expect(readJson(target, 'package.json')).toHaveProperty('optionalDependencies');
  });

  it('depends on the packages of the versions that the template names, or on those that it carries', async () => {
    const dependencies = { '@seaworthy/defaults': '7.8.9', '@seaworthy/jobs': '1.2.3' };
    const archive = templateArchive({ 'package.json': JSON.stringify({ name: 'marlin-service', dependencies }) });
    const published = await run(answers, { cwd: temporaryFolder(), archive });
    expect(readJson(published.target, 'package.json')).toMatchObject({ dependencies });
    const carried = await run(answers, { cwd: temporaryFolder(), vendorDirectory: vendorFolder() });
    expect(readJson(carried.target, 'package.json')).toMatchObject({
      dependencies: { '@seaworthy/defaults': 'file:vendor/defaults-1.tgz', zod: '4.0.0' },
    });
    expect(readFileSync(path.join(carried.target, 'vendor/defaults-1.tgz'), 'utf8')).toBe('packed defaults-1.tgz');
  });

  it.each([
    ['answers', { ...answers, name: 'Orders' }, {}, 'SCAFFOLD_ANSWERS'],
    ['a way out', { ...answers, directory: '..' }, {}, 'SCAFFOLD_TARGET'],
    ['a target that is there', { ...answers, name: 'there', directory: '.' }, {}, 'SCAFFOLD_TARGET'],
    ['packages that are not packed', answers, { vendorDirectory: '/nowhere' }, 'SCAFFOLD_INTERNAL'],
  ])('refuses %s and writes nothing', async (_what, input, options, code) => {
    const cwd = temporaryFolder();
    mkdirSync(path.join(cwd, 'there'));
    await expect(run(input, { cwd, ...options })).rejects.toMatchObject({ name: 'ScaffoldError', code });
    expect(diskBelow(cwd)).toEqual({ there: 'folder' });
  });

  const timeout = 30_000;
  it.each(['node', 'python'])('leaves nothing of a real %s service on a full disk', { timeout }, async (language) => {
    const archive = path.resolve(import.meta.dirname, `../dist/${language}-service.tgz`);
    const scaffoldWith = (cwd: string, { writer }: ReturnType<typeof faultyWriter>) =>
      run({ ...answers, language }, { cwd, archive, writer });
    const counted = faultyWriter({});
    await scaffoldWith(temporaryFolder(), counted);
    expect(counted.calls.slice(-2)).toEqual(['rename', 'remove']);
    // The last call that writes is the one that shows the service.
    const last = counted.calls.length - 1;
    expect(last).toBeGreaterThan(100);
    for (let part = 0; part < 10; part += 1) {
      const cwd = temporaryFolder();
      const fault = { at: Math.round(1 + (part * (last - 1)) / 9), code: 'ENOSPC', torn: true };
      await expect(scaffoldWith(cwd, faultyWriter(fault))).rejects.toMatchObject({ code: 'SCAFFOLD_WRITE' });
      expect(diskBelow(cwd)).toEqual({});
    }
  });

  it('refuses an archive without its template, and one that is cut off', async () => {
    const cwd = temporaryFolder();
    const whole = readFileSync(templateArchive());
    const cut = path.join(temporaryFolder(), 'cut.tgz');
    writeFileSync(cut, whole.subarray(0, whole.length / 2));
    for (const archive of [cut, path.join(temporaryFolder(), 'none.tgz')])
      await expect(scaffold(answers, { cwd, archive })).rejects.toMatchObject({ code: 'SCAFFOLD_INTERNAL' });
    expect(diskBelow(cwd)).toEqual({});
  });
});
