// The cases in which you and the template touch the same file, each on a real disk and with a real git.
import { existsSync, lstatSync, mkdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { gitIn } from '../../fixtures/git.ts';
import { diskBelow } from '../../fixtures/temporary-folder.ts';
import { lines, VersionedService } from '../../fixtures/versioned-service.ts';

const modeOf = (service: VersionedService, file: string) => statSync(path.join(service.directory, file)).mode & 0o777;
const has = (service: VersionedService, file: string) => existsSync(path.join(service.directory, file));

describe('you and the template', () => {
  it('change different lines: both are there', async () => {
    const service = new VersionedService({ 'a.ts': lines(20) });
    service.edit({ 'a.ts': lines(20).replace('line 2\n', 'mine\n') });
    const { outcome, conflicts } = await service.update({ 'a.ts': lines(20).replace('line 15\n', 'theirs\n') });
    expect([outcome, conflicts]).toEqual(['updated', []]);
    expect(service.read('a.ts')).toBe(lines(20).replace('line 2\n', 'mine\n').replace('line 15\n', 'theirs\n'));
  });

  it('change the same line: it carries markers, and everything else is in place', async () => {
    const service = new VersionedService({ 'a.ts': 'a\nb\nc\n', 'b.ts': 'old\n' });
    service.edit({ 'a.ts': 'a\nmine\nc\n' });
    const result = await service.update({ 'a.ts': 'a\ntheirs\nc\n', 'b.ts': 'new\n' });
    expect(result).toMatchObject({ outcome: 'conflicts', conflicts: [{ file: 'a.ts' }] });
    expect(service.read('a.ts')).toBe(
      'a\n<<<<<<< yours\nmine\n||||||| before\nb\n=======\ntheirs\n>>>>>>> template\nc\n',
    );
    expect(service.read('b.ts')).toBe('new\n');
    expect(service.read('.seaworthy/state.json')).toContain('"templateVersion": "1.0.0"');
  });

  it.each([
    ['not edit', lines(7), false],
    ['edit', `${lines(7)}mine\n`, true],
  ])('remove what you did %s', async (_what, text, stays) => {
    const service = new VersionedService({ 'a.ts': lines(7) });
    service.edit({ 'a.ts': text });
    const { outcome, notes } = await service.update({ 'a.ts': undefined });
    expect(outcome).toBe('updated');
    expect(notes).toEqual(stays ? ['a.ts: the template removed it, you changed it; it stays'] : []);
    expect(has(service, 'a.ts')).toBe(stays);
  });

  it('change a lock: yours stays, and how to write it again is told', async () => {
    const service = new VersionedService({ 'requirements.lock': 'a==1\n' });
    service.edit({ 'requirements.lock': 'a==1\nmine==1\n' });
    const { outcome, notes } = await service.update({ 'requirements.lock': 'a==2\n' });
    const note =
      "requirements.lock: yours since you changed it; the template's version is not merged; write it again with make lock";
    expect([outcome, notes]).toEqual(['updated', [note]]);
    expect(service.read('requirements.lock')).toBe('a==1\nmine==1\n');
  });

  it.each([
    ['differently', 'mine\n', 'conflicts'],
    ['alike', 'theirs\n', 'updated'],
  ])('add the same file %s', async (_how, mine, expected) => {
    const service = new VersionedService();
    service.edit({ 'a.ts': mine });
    const { outcome } = await service.update({ 'a.ts': 'theirs\n' });
    expect(outcome).toBe(expected);
    expect(service.read('a.ts')).toContain(mine);
  });

  it('make the same change: there is nothing to decide', async () => {
    const service = new VersionedService({ 'a.ts': 'x\n' });
    service.edit({ 'a.ts': 'y\n' });
    expect(await service.update({ 'a.ts': 'y\n' })).toMatchObject({ outcome: 'updated', conflicts: [], notes: [] });
  });

  it.each([
    ['with a NUL', [0, 1, 2]],
    ['without a NUL', [0xff, 0xfe, 10, 0x80, 10]],
  ])('change a binary file %s: yours stays, the other one lies beside it', async (_what, bytes) => {
    const service = new VersionedService({ 'a.bin': Buffer.from(bytes) });
    service.edit({ 'a.bin': Buffer.from([...bytes, 3]) });
    const result = await service.update({ 'a.bin': Buffer.from([4, ...bytes]) });
    expect(result.conflicts).toEqual([{ file: 'a.bin', beside: 'a.bin.template-1.1.0' }]);
    expect(diskBelow(service.directory)).toMatchObject({
      'a.bin': Buffer.from([...bytes, 3]).toString('latin1'),
      'a.bin.template-1.1.0': Buffer.from([4, ...bytes]).toString('latin1'),
    });
  });

  it('change a binary file that you left alone', async () => {
    const service = new VersionedService({ 'a.bin': Buffer.from([0, 9]) });
    service.edit({ 'b.ts': 'mine\n' });
    expect(await service.update({ 'a.bin': Buffer.from([0, 8]) })).toMatchObject({ outcome: 'updated' });
    expect(diskBelow(service.directory)['a.bin']).toBe('\0\b');
  });
});

describe('modes', () => {
  it('follow the template, and keep what you allowed beyond it', async () => {
    const service = new VersionedService({ 'run.sh': '#!/bin/sh\n', 'a.ts': 'a\n' });
    service.edit({ 'run.sh': { text: '#!/bin/sh\n', mode: 0o640 }, 'a.ts': { text: 'a\n', mode: 0o600 } });
    await service.update({ 'run.sh': { text: '#!/bin/sh\n', mode: 0o755 }, 'a.ts': 'b\n' });
    expect([modeOf(service, 'run.sh'), modeOf(service, 'a.ts')]).toEqual([0o750, 0o600]);
  });

  it('stay yours where the template did not change them', async () => {
    const service = new VersionedService({ 'run.sh': lines(9) });
    service.edit({ 'run.sh': { text: lines(9), mode: 0o755 } });
    await service.update({ 'run.sh': `${lines(9)}new\n` });
    expect([modeOf(service, 'run.sh'), service.read('run.sh')]).toEqual([0o755, `${lines(9)}new\n`]);
  });

  it('that both changed are no question', async () => {
    const service = new VersionedService({ 'run.sh': { text: lines(9), mode: 0o755 } });
    service.edit({ 'run.sh': { text: `mine\n${lines(9)}`, mode: 0o644 } });
    expect(await service.update({ 'run.sh': { text: `${lines(9)}new\n`, mode: 0o755 } })).toMatchObject({
      outcome: 'updated',
    });
    expect(modeOf(service, 'run.sh')).toBe(0o644);
  });
});

describe('the form of a text', () => {
  const crlf = (text: string) => text.replaceAll('\n', '\r\n');

  it('with CRLF is no edit, and stays', async () => {
    const service = new VersionedService({ 'a.ts': lines(9), 'b.ts': lines(9) });
    service.edit({ 'a.ts': crlf(lines(9)), 'b.ts': crlf(lines(9).replace('line 1\n', 'mine\n')) });
    const next = lines(9).replace('line 7', 'theirs');
    expect(await service.update({ 'a.ts': next, 'b.ts': next })).toMatchObject({ outcome: 'updated' });
    expect(service.read('a.ts')).toBe(crlf(next));
    expect(service.read('b.ts')).toBe(crlf(next.replace('line 1\n', 'mine\n')));
  });

  it('with CRLF in a conflict has markers with CRLF, too', async () => {
    const service = new VersionedService({ 'a.ts': 'a\n' });
    service.edit({ 'a.ts': 'mine\r\n' });
    await service.update({ 'a.ts': 'theirs\n' });
    expect(service.read('a.ts')).toMatch(/^<<<<<<< yours\r\nmine\r\n/);
    expect(service.read('a.ts')).not.toMatch(/[^\r]\n/);
  });

  it('with a byte order mark is merged without it, and keeps it', async () => {
    const service = new VersionedService({ 'a.ts': lines(9) });
    service.edit({ 'a.ts': `\uFEFF${lines(9)}mine\n` });
    await service.update({ 'a.ts': `new\n${lines(9)}` });
    expect(service.read('a.ts')).toBe(`\uFEFFnew\n${lines(9)}mine\n`);
  });

  it('with mixed line ends keeps each of them', async () => {
    const mixed = `${crlf(lines(5))}${lines(9, 'row')}`;
    const service = new VersionedService({ 'a.ts': `${lines(5)}${lines(9, 'row')}` });
    service.edit({ 'a.ts': mixed });
    await service.update({ 'a.ts': `${lines(5)}${lines(9, 'row')}new\n` });
    expect(service.read('a.ts')).toBe(`${mixed}new\n`);
  });
});

describe('what stands in the way', () => {
  it('a link is left alone, and told', async () => {
    const service = new VersionedService({ 'a.ts': 'old\n', 'docs/b.md': 'old\n' });
    service.edit({ 'mine/a.ts': 'mine\n', 'elsewhere/b.md': 'mine\n', 'a.ts': undefined, docs: undefined });
    symlinkSync('mine/a.ts', path.join(service.directory, 'a.ts'));
    symlinkSync('elsewhere', path.join(service.directory, 'docs'));
    const { outcome, notes } = await service.update({ 'a.ts': 'new\n', 'docs/b.md': 'new\n' });
    expect([outcome, notes.toSorted()]).toEqual([
      'updated',
      [
        'a.ts: left alone, as a.ts is a link; look at what the template changed',
        'docs/b.md: left alone, as docs is a link; look at what the template changed',
      ],
    ]);
    expect([service.read('mine/a.ts'), service.read('elsewhere/b.md')]).toEqual(['mine\n', 'mine\n']);
    expect(lstatSync(path.join(service.directory, 'a.ts')).isSymbolicLink()).toBe(true);
  });

  it('a name in another case is another file', async () => {
    const service = new VersionedService({ 'Readme.txt': lines(9) });
    service.edit({ 'Readme.txt': `${lines(9)}mine\n` });
    expect(await service.update({ 'Readme.txt': undefined, 'README.txt': lines(9) })).toMatchObject({
      outcome: 'updated',
    });
    expect([has(service, 'Readme.txt'), service.read('README.txt')]).toEqual([false, `${lines(9)}mine\n`]);
  });

  it('a file that becomes a folder, and a folder that becomes a file', async () => {
    const service = new VersionedService({ one: 'file\n', 'two/a.ts': 'a\n', 'two/b.ts': 'b\n' });
    const changes = { one: undefined, 'one/a.ts': 'new\n', 'two/a.ts': undefined, 'two/b.ts': undefined, two: 'new\n' };
    expect(await service.update(changes)).toMatchObject({ outcome: 'updated' });
    expect([service.read('one/a.ts'), service.read('two')]).toEqual(['new\n', 'new\n']);
  });

  it('a file that becomes a folder, which you edited: both are there, and you decide', async () => {
    const service = new VersionedService({ one: 'file\n' });
    service.edit({ one: 'mine\n' });
    const { conflicts } = await service.update({ one: undefined, 'one/a.ts': 'new\n' });
    expect(conflicts).toEqual([{ file: 'one', beside: 'one~yours' }]);
    expect([service.read('one~yours'), service.read('one/a.ts')]).toEqual(['mine\n', 'new\n']);
  });

  it('a folder that becomes a file, with a file of yours in it: both are there, and you decide', async () => {
    const service = new VersionedService({ 'two/a.ts': 'a\n' });
    service.edit({ 'two/mine.ts': 'mine\n' });
    const { conflicts } = await service.update({ 'two/a.ts': undefined, two: 'new\n' });
    expect(conflicts).toEqual([{ file: 'two', beside: 'two~template' }]);
    expect([service.read('two/mine.ts'), service.read('two~template')]).toEqual(['mine\n', 'new\n']);
  });

  it('an empty folder of yours where the template has a file now: it is refused, and nothing is written', async () => {
    const service = new VersionedService({ 'b.ts': 'b\n' });
    mkdirSync(path.join(service.directory, 'three'));
    const before = diskBelow(service.directory);
    await expect(service.update({ three: 'new\n', 'b.ts': 'new\n' })).rejects.toThrow(
      /UPDATE_FILE[^]*three is a folder, and the template has a file there\n.*move the folder away/,
    );
    expect(diskBelow(service.directory)).toEqual(before);
  });

  it('a name of yours that a version beside its file would take: the version gets another one', async () => {
    const service = new VersionedService({ 'a.bin': Buffer.from([0]), 'gone.ts': 'x\n' });
    service.edit({ 'a.bin': Buffer.from([0, 1]), 'a.bin.template-1.1.0': 'mine\n', 'gone.ts': undefined });
    const { conflicts } = await service.update({ 'a.bin': Buffer.from([0, 2]) });
    expect(conflicts).toEqual([{ file: 'a.bin', beside: 'a.bin.template-1.1.0-2' }]);
    expect(service.read('a.bin.template-1.1.0')).toBe('mine\n');
  });

  it('a file of yours where the template has a folder now', async () => {
    const service = new VersionedService();
    service.edit({ three: 'mine\n' });
    const { conflicts } = await service.update({ 'three/a.ts': 'new\n' });
    expect(conflicts).toEqual([{ file: 'three', beside: 'three~yours' }]);
    expect([service.read('three~yours'), service.read('three/a.ts')]).toEqual(['mine\n', 'new\n']);
  });
});

describe("the service's own repository", () => {
  it('may be dirty, staged, with hooks and attributes: it is not touched', async () => {
    const service = new VersionedService({ 'a.ts': lines(9), '.gitattributes': '* text eol=crlf filter=lfs\n' });
    const { directory } = service;
    gitIn(directory, 'init', '--quiet');
    service.edit({ 'a.ts': `${lines(9)}mine\n`, 'staged.ts': 'x\n' });
    gitIn(directory, 'add', 'staged.ts');
    const before = diskBelow(path.join(directory, '.git'));
    expect(await service.update({ 'a.ts': `new\n${lines(9)}` })).toMatchObject({ outcome: 'updated' });
    expect(service.read('a.ts')).toBe(`new\n${lines(9)}mine\n`);
    expect(diskBelow(path.join(directory, '.git'))).toEqual(before);
  });

  it('is not needed, and neither is one around it', async () => {
    const service = new VersionedService({ 'a.ts': lines(9) });
    mkdirSync(path.join(service.directory, '..', '.git'));
    service.edit({ 'a.ts': `${lines(9)}mine\n` });
    expect(await service.update({ 'a.ts': `new\n${lines(9)}` })).toMatchObject({ outcome: 'updated' });
    rmSync(path.join(service.directory, '..', '.git'), { recursive: true });
  });
});
