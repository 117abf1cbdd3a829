// The cases in which you or the template move or remove a file, each on a real disk and with a real git.
import { existsSync, readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { gitIn } from '../../fixtures/git.ts';
import { lines, VersionedService } from '../../fixtures/versioned-service.ts';

import { continueUpdate } from './end-update.ts';

const modeOf = (service: VersionedService, file: string) => statSync(path.join(service.directory, file)).mode & 0o777;
const has = (service: VersionedService, file: string) => existsSync(path.join(service.directory, file));

describe('you and the template', () => {
  it('remove and change a file: it stays removed, and that is told', async () => {
    const service = new VersionedService({ 'a.ts': lines(5) });
    service.edit({ 'a.ts': undefined });
    const { outcome, notes } = await service.update({ 'a.ts': `${lines(5)}new\n` });
    expect([outcome, notes]).toEqual(['updated', ['a.ts: you removed it, the template changed it; it stays removed']]);
    expect(has(service, 'a.ts')).toBe(false);
  });

  it('remove and change service.json and a runbook: they are there again', async () => {
    const service = new VersionedService();
    service.edit({ 'service.json': undefined, 'RUNBOOK.md': undefined });
    const { notes } = await service.update({ 'a.ts': 'new\n' });
    expect(new Set(notes.map((note) => note.split(':')[0]))).toEqual(new Set(['RUNBOOK.md', 'service.json']));
    expect(JSON.parse(service.read('service.json'))).toMatchObject({ name: 'orders-api' });
    expect(service.read('RUNBOOK.md')).toContain('| Owner | team-orders |');
  });

  it('move and change a file: the change follows where you moved it', async () => {
    const service = new VersionedService({ 'a.ts': lines(30) });
    service.edit({ 'a.ts': undefined, 'moved/b.ts': lines(30) });
    const { outcome, notes } = await service.update({ 'a.ts': lines(30).replace('line 20', 'theirs') });
    expect(outcome).toBe('updated');
    expect(notes).toEqual(['moved/b.ts: takes what the template changed in a.ts']);
    expect(service.read('moved/b.ts')).toContain('theirs');
    expect(has(service, 'a.ts')).toBe(false);
  });

  it('move and change a file: nothing is looked for where git looks for nothing', async () => {
    const service = new VersionedService({ 'a.ts': lines(30), '.gitignore': 'built/\n*.log\n' });
    service.edit({ 'a.ts': undefined, 'built/a.ts': lines(30), 'node_modules/x/a.ts': lines(30) });
    const { notes } = await service.update({ 'a.ts': lines(30).replace('line 20', 'theirs') });
    expect(notes).toEqual(['a.ts: you removed it, the template changed it; it stays removed']);
    expect(service.read('built/a.ts')).toBe(lines(30));
  });

  it('change and move a file: your change follows where the template moved it', async () => {
    const service = new VersionedService({ 'a.ts': lines(30) });
    service.edit({ 'a.ts': lines(30).replace('line 3\n', 'mine\n') });
    const { outcome } = await service.update({ 'a.ts': undefined, 'moved/a.ts': lines(30) });
    expect(outcome).toBe('updated');
    expect(service.read('moved/a.ts')).toContain('mine\n');
    expect(has(service, 'a.ts')).toBe(false);
  });

  it('both move a file: yours stays where it is', async () => {
    const service = new VersionedService({ 'a.ts': lines(30) });
    service.edit({ 'a.ts': undefined, 'mine.ts': lines(30) });
    const { outcome, notes } = await service.update({ 'a.ts': undefined, 'theirs.ts': lines(30) });
    expect(outcome).toBe('updated');
    expect(notes).toContain(
      'theirs.ts: the template moved a file here that you moved elsewhere; yours stays where it is',
    );
    expect([has(service, 'mine.ts'), has(service, 'theirs.ts')]).toEqual([true, false]);
  });

  it('move a file that you also edited: the change follows, and that is told', async () => {
    const service = new VersionedService({ 'a.ts': lines(30) });
    service.edit({ 'a.ts': undefined, 'b.ts': lines(30).replace('line 3\n', 'mine\n') });
    const { outcome, notes } = await service.update({ 'a.ts': lines(30).replace('line 20', 'theirs') });
    expect([outcome, notes]).toEqual(['updated', ['b.ts: takes what the template changed in a.ts']]);
    expect(service.read('b.ts')).toMatch(/mine\n[^]*theirs\n/);
  });

  it('both move a file and change the same line of it: it carries markers, and waits', async () => {
    const service = new VersionedService({ 'src/a.ts': lines(30) });
    service.edit({ 'src/a.ts': undefined, 'src/mine.ts': lines(30).replace('line 15\n', 'mine\n') });
    const changes = { 'src/a.ts': undefined, 'src/theirs.ts': lines(30).replace('line 15\n', 'theirs\n') };
    expect(await service.update(changes)).toMatchObject({
      outcome: 'conflicts',
      conflicts: [{ file: 'src/mine.ts' }],
    });
    const marked = service.read('src/mine.ts');
    expect(marked).toMatch(
      /\n<{8} yours:src\/mine\.ts\nmine\n\|{8} before\nline 15\n={8}\ntheirs\n>{8} template:src\/theirs\.ts\n/,
    );
    expect(() => continueUpdate(service.directory)).toThrow(/src\/mine\.ts:16\n/);
    service.edit({ 'src/mine.ts': lines(30).replace('line 15\n', 'ours\n') });
    expect(continueUpdate(service.directory).to).toBe('1.1.0');
  });

  it('move a file onto one that you added, in which git finds nothing to decide: it carries markers all the same', async () => {
    const service = new VersionedService({ 'd.ts': 'one\ntwo\n' });
    service.edit({ 'd.ts': '', 'c.ts': '' });
    const { conflicts } = await service.update({ 'd.ts': undefined, 'c.ts': 'two\n' });
    expect(conflicts).toEqual([{ file: 'c.ts' }]);
    expect(() => continueUpdate(service.directory)).toThrow(/UPDATE_PENDING[^]*c\.ts:1\n/);
  });

  it('a file that the template moves keeps the form and the permissions it has with you', async () => {
    const service = new VersionedService({ 'a.ts': lines(9), 'b.sh': { text: lines(9, 'run'), mode: 0o755 } });
    service.edit({
      'a.ts': { text: `\uFEFF${lines(9).replaceAll('\n', '\r\n')}`, mode: 0o600 },
      'b.sh': { text: lines(9, 'run'), mode: 0o700 },
    });
    const moved = {
      'a.ts': undefined,
      'new/a.ts': lines(9),
      'b.sh': undefined,
      'new/b.sh': { text: lines(9, 'run'), mode: 0o755 },
    };
    expect(await service.update(moved)).toMatchObject({ outcome: 'updated', notes: [] });
    expect(service.read('new/a.ts')).toBe(`\uFEFF${lines(9).replaceAll('\n', '\r\n')}`);
    expect([modeOf(service, 'new/a.ts'), modeOf(service, 'new/b.sh')]).toEqual([0o600, 0o700]);
  });

  it('move a folder and rename a file in it: yours stays where it is, once', async () => {
    const service = new VersionedService({ 'lib/a.ts': lines(30), 'lib/b.ts': lines(30, 'row') });
    service.edit({ lib: undefined, 'core/a.ts': lines(30), 'core/b.ts': lines(30, 'row') });
    const { outcome, notes } = await service.update({ 'lib/a.ts': undefined, 'lib/a2.ts': lines(30) });
    const note = 'lib/a2.ts: the template moved a file here that you moved elsewhere; yours stays where it is';
    expect([outcome, notes]).toEqual(['updated', [note]]);
    const there = ['core/a.ts', 'core/a2.ts', 'lib/a2.ts'].map((file) => has(service, file));
    expect(there).toEqual([true, false, false]);
  });

  it('move a file into a folder whose own ones the template moves: yours is still there', async () => {
    const files = { 'b.ts': lines(30), 'lib/deep/d.ts': lines(30, 'd'), 'lib/deep/e.ts': lines(30, 'e') };
    const service = new VersionedService(files);
    service.edit({ 'b.ts': undefined, 'lib/b.ts': lines(30).replace('line 3\n', 'mine\n') });
    const { conflicts } = await service.update({
      'b.ts': lines(30).replace('line 20\n', 'theirs\n'),
      'lib/deep/d.ts': undefined,
      'lib/deep/e.ts': undefined,
      'deep/d.ts': lines(30, 'd'),
      'deep/e.ts': lines(30, 'e'),
    });
    expect(conflicts).toEqual([]);
    expect(service.read('lib/b.ts')).toMatch(/mine\n[^]*theirs\n/);
    expect([has(service, 'deep/d.ts'), has(service, 'lib/deep')]).toEqual([true, false]);
  });

  it('have a file of your own in a folder that the template moves: it stays, as it is', async () => {
    const service = new VersionedService({ 'config/a.env': lines(9), 'config/b.env': lines(9, 'b'), 'gone.ts': 'x\n' });
    service.edit({ 'config/own.env': { text: 'secret\r\n', mode: 0o600 }, 'gone.ts': undefined });
    const moved = { 'settings/a.env': lines(9), 'settings/b.env': lines(9, 'b') };
    await service.update({ ...moved, 'config/a.env': undefined, 'config/b.env': undefined });
    expect(service.read('config/own.env')).toBe('secret\r\n');
    expect([modeOf(service, 'config/own.env'), has(service, 'settings/own.env')]).toEqual([0o600, false]);
    expect([has(service, 'settings/a.env'), has(service, 'config/a.env')]).toEqual([true, false]);
  });

  it('move and change a binary file: yours stays where it is, the other version lies beside it', async () => {
    const bytes = (end: number) => Buffer.from([0, ...Array.from({ length: 500 }, (_one, index) => index % 251), end]);
    const service = new VersionedService({ 'a.bin': bytes(1) });
    service.edit({ 'a.bin': undefined, 'mine.bin': bytes(2) });
    const { conflicts } = await service.update({ 'a.bin': undefined, 'theirs.bin': bytes(3) });
    expect(conflicts).toEqual([{ file: 'mine.bin', beside: 'mine.bin.template-1.1.0' }]);
    const read = (file: string) => readFileSync(path.join(service.directory, file));
    expect([read('mine.bin'), read('mine.bin.template-1.1.0')]).toEqual([bytes(2), bytes(3)]);
  });

  it.each([
    ['a link', ({ directory }: VersionedService) => symlinkSync('../outside', path.join(directory, 'core/sub'))],
    ['a repository of its own', (service: VersionedService) => void service.edit({ 'core/sub/.git/HEAD': 'ref: x\n' })],
    ['a file of yours', (service: VersionedService) => void service.edit({ 'core/sub': 'mine\n' })],
    ['a folder in its place', (service: VersionedService) => void service.edit({ 'core/sub/c.ts/mine': 'mine\n' })],
  ])(
    'add a file to a folder that you moved, where %s keeps it out: it stays where the template has it',
    async (_what, put) => {
      const service = new VersionedService({ 'lib/a.ts': lines(20), 'lib/b.ts': lines(20, 'row') });
      service.edit({ lib: undefined, 'core/a.ts': lines(20), 'core/b.ts': lines(20, 'row'), '../outside/x': 'x\n' });
      put(service);
      expect(await service.update({ 'lib/sub/c.ts': 'new\n' })).toMatchObject({ outcome: 'updated', conflicts: [] });
      expect(service.read('lib/sub/c.ts')).toBe('new\n');
      expect(readdirSync(path.join(service.directory, '../outside'))).toEqual(['x']);
    },
  );

  it('remove a folder with an empty file, and have one elsewhere: nothing was moved', async () => {
    const service = new VersionedService({ 'load/__init__.py': '', 'load/a.py': lines(9) });
    service.edit({ load: undefined, 'api/__init__.py': '' });
    await service.update({ 'load/more.py': 'new\n' });
    expect([has(service, 'api/more.py'), has(service, 'load/more.py')]).toEqual([false, true]);
  });

  it('edit a file that the template moves and edits, in a way that it is no text any more: both are there', async () => {
    const service = new VersionedService({ 'a.csv': lines(30) });
    const mine = Buffer.concat([Buffer.from(lines(30)), Buffer.from([0xe9, 10])]);
    service.edit({ 'a.csv': mine });
    const { conflicts } = await service.update({ 'a.csv': undefined, 'b.csv': `theirs\n${lines(30)}` });
    expect(conflicts).toEqual([{ file: 'b.csv', beside: 'b.csv.template-1.1.0' }]);
    expect(readFileSync(path.join(service.directory, 'b.csv'))).toEqual(mine);
    expect(service.read('b.csv.template-1.1.0')).toBe(`theirs\n${lines(30)}`);
  });

  it('both move a file of text, which you made binary: the other version lies beside yours', async () => {
    const service = new VersionedService({ 'a.csv': lines(30) });
    service.edit({ 'a.csv': undefined, 'mine.csv': Buffer.concat([Buffer.from(lines(30)), Buffer.from([0xe9, 10])]) });
    const { conflicts } = await service.update({ 'a.csv': undefined, 'b.csv': `theirs\n${lines(30)}` });
    expect(conflicts).toEqual([{ file: 'mine.csv', beside: 'mine.csv.template-1.1.0' }]);
    expect(service.read('mine.csv.template-1.1.0')).toBe(`theirs\n${lines(30)}`);
  });

  it('have a file where the template has a folder: it is laid aside with its line ends and permissions', async () => {
    const service = new VersionedService().edit({ secrets: { text: 'mine\r\n', mode: 0o600 } });
    const { conflicts } = await service.update({ 'secrets/readme.md': 'new\n' });
    expect(conflicts).toEqual([{ file: 'secrets', beside: 'secrets~yours' }]);
    expect([service.read('secrets~yours'), modeOf(service, 'secrets~yours')]).toEqual(['mine\r\n', 0o600]);
  });

  it('a file that the template moves and edits keeps its form, where nothing else is merged', async () => {
    const service = new VersionedService({ 'conf/a.env': lines(30), 'conf/b.bat': lines(30, 'b') });
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    service.edit({ 'conf/a.env': { text: lines(30), mode: 0o600 }, 'conf/b.bat': crlf(lines(30, 'b')) });
    const moved = { 'etc/a.env': `new\n${lines(30)}`, 'etc/b.bat': `new\n${lines(30, 'b')}` };
    await service.update({ ...moved, 'conf/a.env': undefined, 'conf/b.bat': undefined });
    expect([service.read('etc/a.env'), modeOf(service, 'etc/a.env')]).toEqual([`new\n${lines(30)}`, 0o600]);
    expect(service.read('etc/b.bat')).toBe(crlf(`new\n${lines(30, 'b')}`));
  });

  it('add files of equal content below a folder that you moved: each goes to its place', async () => {
    const service = new VersionedService({ 'lib/a.py': lines(20), 'lib/b.py': lines(20, 'row') });
    service.edit({ lib: undefined, 'core/a.py': lines(20), 'core/b.py': lines(20, 'row') });
    const { notes } = await service.update({ 'lib/__init__.py': '', 'lib/sub/__init__.py': '' });
    expect(notes).toEqual([
      "core/__init__.py: the template's lib/__init__.py, in the folder that you moved",
      "core/sub/__init__.py: the template's lib/sub/__init__.py, in the folder that you moved",
    ]);
    expect([has(service, 'core/sub/__init__.py'), has(service, 'lib')]).toEqual([true, false]);
  });

  it('add a file to a folder that you moved: it goes there', async () => {
    const service = new VersionedService({ 'lib/a.ts': lines(20), 'lib/b.ts': lines(20, 'row') });
    service.edit({ lib: undefined, 'core/a.ts': lines(20), 'core/b.ts': lines(20, 'row') });
    const { notes } = await service.update({ 'lib/c.ts': lines(20, 'new') });
    expect([has(service, 'core/c.ts'), has(service, 'lib')]).toEqual([true, false]);
    expect(notes).toEqual(["core/c.ts: the template's lib/c.ts, in the folder that you moved"]);
  });

  it('a repository of its own is left alone, and its files are no place that a file was moved to', async () => {
    const service = new VersionedService({ 'sub/a.ts': lines(20), 'b.ts': lines(20, 'row') });
    gitIn(path.join(service.directory, 'sub'), 'init', '--quiet');
    service.edit({ 'sub/b.ts': lines(20, 'row'), 'b.ts': undefined });
    const { notes } = await service.update({ 'sub/a.ts': 'new\n', 'b.ts': `${lines(20, 'row')}new\n` });
    expect(notes).toContain(
      'sub/a.ts: left alone, as sub is a repository of its own; look at what the template changed',
    );
    expect([service.read('sub/a.ts'), service.read('sub/b.ts')]).toEqual([lines(20), lines(20, 'row')]);
  });
});
