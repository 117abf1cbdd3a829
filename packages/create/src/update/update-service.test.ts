import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { gitIn } from '../../fixtures/git.ts';
import { runProgram } from '../../fixtures/run-program.ts';
import { diskBelow, diskWithModes, temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { lines, VersionedService } from '../../fixtures/versioned-service.ts';
import { packBase } from '../state/base-archive.ts';

import { continueUpdate } from './end-update.ts';
import { gitError } from './merge-trees.ts';
import { updateService } from './update-service.ts';

describe('policies', () => {
  const managed = 'src/marlin_service/_seaworthy/jobs.py';
  const here = 'src/orders_api/_seaworthy/jobs.py';

  it('managed: an edit is shown as a conflict, a deletion is undone', async () => {
    const service = new VersionedService({ [managed]: lines(9), [`${managed}c`]: 'c\n' });
    service.edit({ [here]: `mine\n${lines(9)}`, [`${here}c`]: undefined });
    const result = await service.update({ [managed]: `${lines(9)}theirs\n`, [`${managed}c`]: 'd\n' });
    expect(result.conflicts).toEqual([{ file: here }]);
    expect(service.read(here)).toMatch(/^<{7} yours\nmine\n[^]*>{7} template\n/);
    expect(service.read(`${here}c`)).toBe('d\n');
  });

  it('managed: an edit stays while the template does not change the file', async () => {
    const service = new VersionedService({ [managed]: lines(9) });
    service.edit({ [here]: 'mine\n' });
    expect(await service.update({ 'a.ts': 'new\n' })).toMatchObject({ outcome: 'updated', conflicts: [] });
    expect(service.read(here)).toBe('mine\n');
  });

  it('seed: it is yours from your first edit on', async () => {
    const [left, edited] = ['docs/changes/0001.md', 'docs/changes/0002.md'];
    const service = new VersionedService({ [left]: 'a\n', [edited]: 'a\n' });
    service.edit({ [edited]: 'mine\n' });
    const { outcome, notes } = await service.update({ [left]: 'b\n', [edited]: 'b\n' });
    expect([outcome, service.read(left), service.read(edited)]).toEqual(['updated', 'b\n', 'mine\n']);
    expect(notes).toEqual([`${edited}: yours since you changed it; the template's version is not merged`]);
  });

  it('rendered: prose is merged, blocks come from your service.json', async () => {
    const service = new VersionedService();
    const before = service.template.get('RUNBOOK.md')?.contents.toString() ?? '';
    service.edit({
      'RUNBOOK.md': service
        .read('RUNBOOK.md')
        .replace('Our words.', 'Our words.\n\nMy words.')
        .replace('Takes orders', 'x'),
      'service.json': service.read('service.json').replace('"onCall": "team-orders"', '"onCall": "team-night"'),
    });
    const next = { 'RUNBOOK.md': before.replace('# Runbook of', '# The runbook of') };
    expect(await service.update(next)).toMatchObject({ outcome: 'updated', conflicts: [], notes: [] });
    const runbook = service.read('RUNBOOK.md');
    expect(runbook).toMatch(/^# The runbook of orders-api\n[^]*Our words\.\n\nMy words\.\n$/);
    expect(runbook).toContain('| On call | team-night |');
    expect(runbook).toContain('| What it does | Takes orders |');
  });

  it('rendered: a document without its marks is merged as it is', async () => {
    const service = new VersionedService();
    service.edit({ 'CHECKLIST.md': '# Ours alone\n' });
    const { outcome, notes } = await service.update({ 'a.ts': 'new\n' });
    expect([outcome, service.read('CHECKLIST.md')]).toEqual(['updated', '# Ours alone\n']);
    expect(notes).toEqual([expect.stringMatching(/^CHECKLIST\.md: its blocks are not rendered anew: .*missing/)]);
  });
});

describe('a base', () => {
  const broken = [
    ['is missing', undefined],
    ['is cut off', Buffer.from([0x1f, 0x8b, 8, 0])],
    ['holds other files', packBase(new Map([['a.ts', { contents: Buffer.from('other'), mode: 0o644 }]]))],
    ['holds a path that leads out', packBase(new Map([['../a.ts', { contents: Buffer.from('x'), mode: 0o644 }]]))],
  ] as const;

  it.each(broken)('that %s is written anew where the template still gives it', async (_what, contents) => {
    const service = new VersionedService({ 'a.ts': 'a\n' });
    const whole = diskWithModes(service.directory);
    service.edit({ '.seaworthy/base.tgz': contents });
    const { outcome, notes } = await updateService(service.directory, service.release({}, '1.0.0'));
    expect([outcome, notes]).toEqual(['current', ['.seaworthy/base.tgz was lost or broken; it is written anew']]);
    expect(diskWithModes(service.directory)).toEqual(whole);
  });

  it.each(broken)(
    'that %s leaves what you changed alone, with the other version beside it',
    async (_what, contents) => {
      const service = new VersionedService({ 'a.ts': 'a\n', 'b.ts': 'b\n', 'c.ts': 'c\n', 'd.ts': 'd\n' });
      service.edit({ '.seaworthy/base.tgz': contents, 'a.ts': 'mine\n', 'c.ts': undefined });
      const changes = { 'a.ts': 'theirs\n', 'b.ts': 'new\n', 'c.ts': 'new\n', 'd.ts': undefined, 'e.ts': 'new\n' };
      const result = await service.update(changes);
      expect(result).toMatchObject({ outcome: 'conflicts', conflicts: [{ file: 'a.ts', beside: 'a.ts.new' }] });
      expect(result.notes[0]).toBe('the record of the last rendering is lost, so nothing that you changed was merged');
      const disk = diskBelow(service.directory);
      expect(disk).toMatchObject({ 'a.ts': 'mine\n', 'a.ts.new': 'theirs\n', 'b.ts': 'new\n', 'e.ts': 'new\n' });
      expect([disk['c.ts'], disk['d.ts']]).toEqual([undefined, undefined]);
      expect(() => continueUpdate(service.directory)).toThrow(/a\.ts\.new: decide/);
      rmSync(path.join(service.directory, 'a.ts.new'));
      continueUpdate(service.directory);
      expect(await service.update(changes)).toMatchObject({ outcome: 'current', notes: [] });
    },
  );
});

describe('a dry run', () => {
  it('writes nothing, and its diff is what git apply makes of the service', async () => {
    const service = new VersionedService({
      'a.ts': lines(20),
      'gone.ts': 'g\n',
      'run.sh': 'r\n',
      'end.txt': 'no newline',
    });
    service.edit({ 'a.ts': lines(20).replace('line 2\n', 'mine\n') });
    const before = diskWithModes(service.directory);
    const changes = {
      'a.ts': lines(20).replace('line 15\n', 'theirs\n'),
      'gone.ts': undefined,
      'run.sh': { text: 'r\n', mode: 0o755 },
      'end.txt': 'still none',
      'new/file.ts': 'new\n',
    };
    const { outcome, diff = '' } = await service.update(changes, { dryRun: true });
    expect(outcome).toBe('planned');
    expect(diskWithModes(service.directory)).toEqual(before);
    const copy = temporaryFolder();
    execFileSync('cp', ['-r', `${service.directory}/.`, copy]);
    writeFileSync(path.join(copy, '..', `${path.basename(copy)}.diff`), diff);
    gitIn(copy, 'init', '--quiet');
    gitIn(copy, 'apply', path.join(copy, '..', `${path.basename(copy)}.diff`));
    rmSync(path.join(copy, '..', `${path.basename(copy)}.diff`));
    rmSync(path.join(copy, '.git'), { recursive: true });
    await service.update(changes);
    const updated = (folder: string) =>
      Object.entries(diskWithModes(folder)).filter(([file]) => !/^\.seaworthy\/(state|base)/.test(file));
    expect(updated(copy)).toEqual(updated(service.directory));
  });

  it('names binary files without their bytes', async () => {
    const service = new VersionedService({ 'a.bin': Buffer.from([0, 1]) });
    const { diff } = await service.update({ 'a.bin': Buffer.from([0, 2]) }, { dryRun: true });
    expect(diff).toContain('Binary files a/a.bin and b/a.bin differ\n');
  });
});

/** Makes a user the owner of a folder and of all that is in it, but for what has this name. */
function giveAway(folder: string, uid: number, but: string): void {
  for (const file of ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })])
    if (path.basename(file) !== but) chownSync(path.join(folder, file), uid, -1);
}

describe('an update is refused', () => {
  it('when the template is older than the service', async () => {
    const service = new VersionedService();
    const before = diskWithModes(service.directory);
    const older = updateService(service.directory, service.release({ 'a.ts': 'x\n' }, '0.9.9'));
    await expect(older).rejects.toMatchObject({ code: 'UPDATE_DOWNGRADE' });
    expect(diskWithModes(service.directory)).toEqual(before);
  });

  it('where git is needed and is not there; a merge without lines needs none', async () => {
    const service = new VersionedService({ 'a.ts': lines(9), 'b.ts': 'b\n' });
    vi.stubEnv('PATH', temporaryFolder());
    expect(await service.update({ 'b.ts': 'new\n' }, { dryRun: true })).toMatchObject({ outcome: 'planned' });
    service.edit({ 'a.ts': `${lines(9)}mine\n` });
    const before = diskWithModes(service.directory);
    await expect(service.update({ 'a.ts': `new\n${lines(9)}` })).rejects.toThrow(/UPDATE_GIT[^]*git is not installed/);
    expect(diskWithModes(service.directory)).toEqual(before);
  });

  it('where git is too old, and everything is as it was', async () => {
    const service = new VersionedService({ 'a.ts': lines(9) });
    const folder = temporaryFolder();
    const old = '#!/bin/sh\n[ "$1" = --version ] && echo git version 2.34.1 || exit 129\n';
    writeFileSync(path.join(folder, 'git'), old, { mode: 0o755 });
    service.edit({ 'a.ts': `${lines(9)}mine\n` });
    const before = diskWithModes(service.directory);
    vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
    await expect(service.update({ 'a.ts': `new\n${lines(9)}` })).rejects.toThrow(
      /git 2\.34 is installed[^]*2\.38 or newer/,
    );
    expect(diskWithModes(service.directory)).toEqual(before);
  });

  it('not for a name that nobody expects', async () => {
    const odd = ['it\'s "odd".ts', 'a\\b.ts', 'tab\tand\nline.ts', 'ünï ☃.ts', '-rf'];
    const service = new VersionedService({ 'a.ts': lines(20), 'it\'s "odd".ts': lines(20, 'row') });
    service.edit({ 'a.ts': undefined, ...Object.fromEntries(odd.map((name) => [name, lines(20, name.slice(0, 2))])) });
    const before = diskWithModes(service.directory);
    service.edit({ 'it\'s "odd".ts': `${lines(20, 'row')}mine\n` });
    const next = { 'a.ts': 'new\n', 'it\'s "odd".ts': `new\n${lines(20, 'row')}` };
    expect(await service.update(next)).toMatchObject({ outcome: 'updated', conflicts: [] });
    expect(service.read('it\'s "odd".ts')).toBe(`new\n${lines(20, 'row')}mine\n`);
    const after = diskWithModes(service.directory);
    for (const name of odd.slice(1)) expect(after[name]).toEqual(before[name]);
  });

  it.each([
    ['git version 2.37.9', 'git 2.37 is installed'],
    ['git version 1.9.0 (Apple)', 'git 1.9 is installed'],
    ['git version 2.39.5', 'git failed: it said so'],
  ])('with a word about %s', (version, words) => {
    expect(gitError(version, 'first\nit said so\n').message).toContain(words);
  });

  it('where an answer is no longer accepted, with where to write another', async () => {
    const service = new VersionedService();
    const text = service.read('.seaworthy/state.json');
    service.edit({ '.seaworthy/state.json': text.replace('"owner": "team-orders"', '"owner": "Team"') });
    await expect(service.update({ 'a.ts': 'x\n' })).rejects.toThrow(
      /UPDATE_STATE[^]*--owner="Team": expected [^]*under "answers" of \.seaworthy\/state\.json/,
    );
  });

  it('where a file cannot be read', async () => {
    const service = new VersionedService({ 'a.ts': 'a\n' });
    chmodSync(path.join(service.directory, 'a.ts'), 0);
    // Root reads it all the same.
    const refused = process.getuid?.() === 0 ? { outcome: 'updated' } : { code: 'UPDATE_FILE' };
    const result = await service.update({ 'a.ts': 'b\n' }).catch((error: unknown) => error);
    expect(result).toMatchObject(refused);
  });

  it('not where a folder of a server cannot be searched for what was moved', async () => {
    const service = new VersionedService({ 'a.ts': lines(9), 'gone.ts': 'x\n' });
    service.edit({ 'gone.ts': undefined });
    mkdirSync(path.join(service.directory, 'pgdata'), { mode: 0o700 });
    const release = service.release({ 'a.ts': 'new\n' });
    const index = path.resolve(import.meta.dirname, '../../dist/index.js');
    const update = `const { updateService } = await import(${JSON.stringify(index)});
      const { outcome } = await updateService('.', ${JSON.stringify(release)}); process.stdout.write(outcome);`;
    // Root reads it all the same: what is started then is nobody, and owns all but that folder.
    const nobody = process.getuid?.() === 0 ? 65_534 : undefined;
    if (nobody === undefined) chmodSync(path.join(service.directory, 'pgdata'), 0);
    else for (const file of [service.directory, release.archive ?? '']) giveAway(path.dirname(file), nobody, 'pgdata');
    const where = { cwd: service.directory, ...(nobody === undefined ? {} : { uid: nobody }) };
    const answer = await runProgram(['--input-type=module', '-e', update], where);
    expect(answer).toEqual({ exitCode: 0, stdout: 'updated', stderr: '' });
    expect(service.read('a.ts')).toBe('new\n');
  });

  it('where a folder of yours that is not empty stands in the way', async () => {
    const service = new VersionedService();
    mkdirSync(path.join(service.directory, 'a.ts/node_modules'), { recursive: true });
    writeFileSync(path.join(service.directory, 'a.ts/node_modules/x'), '');
    const before = diskWithModes(service.directory);
    await expect(service.update({ 'a.ts': 'new\n' })).rejects.toMatchObject({ code: 'UPDATE_FILE' });
    expect(diskWithModes(service.directory)).toEqual(before);
  });

  it.each([
    ['no folder', 'nowhere', /nowhere is no folder/],
    ['a file', 'package.json', /is no folder/],
    ['no service', 'src', /src has no \.seaworthy\/state\.json/],
  ])('for %s', async (_what, folder, words) => {
    const service = new VersionedService();
    const refused = updateService(folder, { ...service.release({}), cwd: service.directory });
    await expect(refused).rejects.toThrow(words);
  });
});

it('a link to the service is as good as its folder', async () => {
  const service = new VersionedService({ 'a.ts': 'a\n' });
  const link = path.join(temporaryFolder(), 'link');
  symlinkSync(service.directory, link);
  expect(await updateService(link, service.release({ 'a.ts': 'b\n' }))).toMatchObject({ outcome: 'updated' });
  expect(service.read('a.ts')).toBe('b\n');
});
