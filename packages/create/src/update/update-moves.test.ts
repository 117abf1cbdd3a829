// The cases in which you or the template move or remove a file, each on a real disk and with a real git.
import { existsSync, statSync } from 'node:fs';
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
