// Over 300 lines: each case is a whole service before, and all that may lie there when its update is ended or taken back.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { gitIn, stubGitConfig } from '../../fixtures/git.ts';
import { diskBelow, diskWithModes } from '../../fixtures/temporary-folder.ts';
import { lines, VersionedService } from '../../fixtures/versioned-service.ts';

import { abortUpdate, continueUpdate } from './end-update.ts';
import { updateDisk } from './update-disk.ts';
import { updateService } from './update-service.ts';

const changes = {
  'a.ts': 'theirs\n',
  'b.ts': undefined,
  'new/c.ts': 'new\n',
  'run.sh': { text: 'run\n', mode: 0o755 },
};

beforeEach(() => stubGitConfig());

/** A service in which every kind of change has happened, one of them with a conflict. */
async function conflicted() {
  const service = new VersionedService({ 'a.ts': 'a\n', 'b.ts': 'b\n', 'run.sh': 'run\n' });
  service.edit({ 'a.ts': { text: 'mine\n', mode: 0o600 }, 'own.ts': 'mine\n' });
  const before = diskWithModes(service.directory);
  const result = await service.update(changes);
  expect(result).toMatchObject({ outcome: 'conflicts', conflicts: [{ file: 'a.ts' }] });
  return { service, before };
}

describe('continue', () => {
  it('refuses while a marker remains, and names its line', async () => {
    const { service } = await conflicted();
    const before = diskBelow(service.directory);
    const run = () => continueUpdate(service.directory);
    expect(run).toThrow(/UPDATE_PENDING[^]*a\.ts:1\n[^]*a\.ts:7\n/);
    service.edit({ 'a.ts': 'mine\n>>>>>>> template\n' });
    expect(run).toThrow(/a\.ts:2\n/);
    service.edit({ 'a.ts': before['a.ts'] ?? '' });
    expect(diskBelow(service.directory)).toEqual(before);
  });

  it('ends it with what you decided: the service is at the new template', async () => {
    const { service } = await conflicted();
    service.edit({ 'a.ts': 'both\n' });
    expect(continueUpdate(service.directory)).toMatchObject({ from: '1.0.0', to: '1.1.0', notes: [] });
    expect([service.read('a.ts'), service.read('new/c.ts')]).toEqual(['both\n', 'new\n']);
    expect(readdirSync(path.join(service.directory, '.seaworthy'))).toEqual([
      'base.tgz',
      'service.schema.json',
      'state.json',
    ]);
    expect(service.read('.seaworthy/state.json')).toBe(
      service.fresh(changes).get('.seaworthy/state.json')?.contents.toString(),
    );
    expect(await service.update(changes)).toMatchObject({ outcome: 'current', written: [], removed: [] });
    expect(() => continueUpdate(service.directory)).toThrow(/UPDATE_NONE/);
  });

  it('waits until a version that lies beside its file is gone', async () => {
    const service = new VersionedService({ 'a.bin': Buffer.from([0]) });
    service.edit({ 'a.bin': Buffer.from([0, 1]) });
    await service.update({ 'a.bin': Buffer.from([0, 2]) });
    expect(() => continueUpdate(service.directory)).toThrow(/a\.bin\.template-1\.1\.0: decide what a\.bin is to be/);
    rmSync(path.join(service.directory, 'a.bin.template-1.1.0'));
    expect(continueUpdate(service.directory).to).toBe('1.1.0');
  });

  it('waits where the middle of a conflict is left, and tells it from a heading', async () => {
    const own = 'Title\n=======\n';
    const service = new VersionedService({ 'a.py': `${own}a\n`, 'b.md': 'b\n' });
    service.edit({ 'a.py': `${own}mine\n`, 'b.md': 'mine\n' });
    await service.update({ 'a.py': `${own}theirs\n`, 'b.md': 'theirs\n' });
    service.edit({ 'a.py': `${own}mine\n=======\ntheirs\n`, 'b.md': 'Both\n=======\n' });
    expect(() => continueUpdate(service.directory)).toThrow(/ended\n {2}- a\.py:2\n {2}- a\.py:4\n {2}- resolve/);
    service.edit({ 'a.py': `${own}both\n` });
    expect(continueUpdate(service.directory).to).toBe('1.1.0');
  });

  it('finds a marker behind a byte order mark', async () => {
    const { service } = await conflicted();
    service.edit({ 'a.ts': '\uFEFF<<<<<<< yours\nmine\n' });
    expect(() => continueUpdate(service.directory)).toThrow(/UPDATE_PENDING[^]*a\.ts:1\n/);
  });

  it('finds the markers of a file that was moved with them', async () => {
    const { service } = await conflicted();
    renameSync(path.join(service.directory, 'a.ts'), path.join(service.directory, 'moved.ts'));
    expect(() => continueUpdate(service.directory)).toThrow(/UPDATE_PENDING[^]*moved\.ts:1\n/);
  });

  describe.each([
    ['committed', true],
    ['not committed', false],
  ])('where your edit was %s', (_how, isCommitted) => {
    it.each([
      ['reset and clean', 'git reset --quiet --hard && git clean --quiet -fd'],
      ['checkout', 'git checkout --quiet -- .'],
      ['stash', 'git stash --quiet'],
      ['stash, with other line ends', 'git config core.autocrlf true && git stash --quiet'],
    ])('is refused where git has brought the files back: %s', async (_what, command) => {
      const service = new VersionedService({ 'a.ts': 'a\n', 'b.ts': 'b\n' });
      const { directory } = service;
      const edit = () => service.edit({ 'a.ts': 'mine\n' });
      if (isCommitted) edit();
      gitIn(directory, 'init', '--quiet');
      gitIn(directory, 'add', '--all');
      gitIn(directory, 'commit', '--quiet', '-m', 'before');
      if (!isCommitted) edit();
      const update = () => service.update({ 'a.ts': 'theirs\n', 'b.ts': 'new\n', 'added.ts': 'new\n' });
      expect(await update()).toMatchObject({ outcome: 'conflicts' });
      execFileSync('sh', ['-c', command], { cwd: directory });
      const said = /UPDATE_PENDING[^]*what it changed is as it was before[^]*end the update with --abort/;
      expect(() => continueUpdate(directory)).toThrow(said);
      await expect(update()).rejects.toThrow(said);
      abortUpdate(directory);
      expect(await update()).toMatchObject({ outcome: 'conflicts' });
    });
  });

  it('ends where you decided that what it changed is as it was before', async () => {
    const service = new VersionedService({ 'a.ts': 'a\n', 'b.ts': 'b\n' });
    service.edit({ 'a.ts': 'mine\n' });
    await service.update({ 'a.ts': 'theirs\n', 'b.ts': undefined });
    service.edit({ 'a.ts': 'mine\n', 'b.ts': 'b\n' });
    expect(() => continueUpdate(service.directory)).toThrow(/--continue --keep-yours/);
    expect(continueUpdate(service.directory, { keepYours: true }).to).toBe('1.1.0');
    const { directory } = (await conflicted()).service;
    expect(() => continueUpdate(directory, { keepYours: true })).toThrow(/a\.ts:1\n/);
  });

  it('takes a link in the place of a file for something else than the file', async () => {
    const service = new VersionedService({ 'a.ts': 'a\n', 'b.ts': 'b\n' });
    service.edit({ 'a.ts': 'mine\n' });
    await service.update({ 'a.ts': 'theirs\n', 'b.ts': 'new\n' });
    service.edit({ 'a.ts': 'mine\n', 'b.ts': undefined });
    symlinkSync('nowhere', path.join(service.directory, 'b.ts'));
    expect(continueUpdate(service.directory).to).toBe('1.1.0');
  });

  it('accepts that all of yours stays where nothing else was written', async () => {
    const service = new VersionedService({ 'a.ts': 'a\n' });
    service.edit({ 'a.ts': 'mine\n' });
    await service.update({ 'a.ts': 'theirs\n' });
    service.edit({ 'a.ts': 'mine\n' });
    expect(continueUpdate(service.directory).to).toBe('1.1.0');
  });

  it('accepts that an added file was given up as well, or that another has only got another mode', async () => {
    const added = new VersionedService({ 'a.ts': 'a\n' }).edit({ 'a.ts': 'mine\n' });
    await added.update({ 'a.ts': 'theirs\n', 'new.ts': 'new\n' });
    added.edit({ 'a.ts': 'mine\n', 'new.ts': undefined });
    expect(continueUpdate(added.directory).to).toBe('1.1.0');
    const other = new VersionedService({ 'a.ts': 'a\n', 'run.sh': 'run\n' }).edit({ 'a.ts': 'mine\n' });
    await other.update({ 'a.ts': 'theirs\n', 'run.sh': { text: 'run\n', mode: 0o755 } });
    other.edit({ 'a.ts': 'mine\n' });
    expect(continueUpdate(other.directory).to).toBe('1.1.0');
  });

  it('refuses a service.json that it has changed and nothing can be rendered from, with every reason', async () => {
    const service = new VersionedService();
    const text = service.template.get('service.json')?.contents.toString() ?? '';
    service.edit({ 'service.json': service.read('service.json').replace('Takes orders', 'Takes my orders') });
    await service.update({ 'service.json': text.replace('Takes orders', 'Takes all orders') });
    service.edit({ 'service.json': '{ "name": ' });
    expect(() => continueUpdate(service.directory)).toThrow(/UPDATE_PENDING[^]*service\.json is no JSON: /);
    service.edit({ 'service.json': '{ "name": "orders-api", "own": 1 }' });
    expect(() => continueUpdate(service.directory)).toThrow(
      /service\.json: language: .*\n[^]*service\.json: Unrecognized key/,
    );
  });

  it.each([
    ['that was none before', (service: VersionedService) => void service.edit({ 'service.json': '{' }), /is no JSON/],
    [
      'that is a link',
      ({ directory }: VersionedService) => {
        renameSync(path.join(directory, 'service.json'), path.join(directory, '../service.json'));
        symlinkSync('../service.json', path.join(directory, 'service.json'));
      },
      /service\.json is a link, and is left alone/,
    ],
  ])('tells of a service.json %s, and ends', async (_what, spoil, reason) => {
    const service = new VersionedService({ 'a.ts': 'a\n' });
    service.edit({ 'a.ts': 'mine\n' });
    spoil(service);
    await service.update({ 'a.ts': 'theirs\n' });
    service.edit({ 'a.ts': 'both\n' });
    expect(continueUpdate(service.directory).notes.join('\n')).toMatch(reason);
  });

  it('tells of a service.json that was not accepted before either, also where it has changed it', async () => {
    const service = new VersionedService({ 'a.ts': 'a\n' });
    const text = service.template.get('service.json')?.contents.toString() ?? '';
    const own = service.read('service.json').replace('"language"', '"own": 1,\n  "language"');
    service.edit({ 'a.ts': 'mine\n', 'service.json': own });
    await service.update({ 'a.ts': 'theirs\n', 'service.json': text.replace('Takes orders', 'Takes all orders') });
    service.edit({ 'a.ts': 'both\n' });
    expect(continueUpdate(service.directory).notes.join('\n')).toMatch(/RUNBOOK\.md: its blocks .* Unrecognized key/);
  });

  it('accepts that a file in conflict became a folder, and an abort says that it is in the way', async () => {
    const { service, before } = await conflicted();
    service.edit({ 'a.ts': undefined, 'a.ts/mine.ts': 'mine\n' });
    expect(() => abortUpdate(service.directory)).toThrow(/UPDATE_FILE[^]*a\.ts is in the way[^]*move it away/);
    renameSync(path.join(service.directory, 'a.ts'), path.join(service.directory, '../a.ts'));
    abortUpdate(service.directory);
    expect(diskWithModes(service.directory)).toEqual(before);
    await service.update(changes);
    service.edit({ 'a.ts': undefined, 'a.ts/mine.ts': 'mine\n' });
    expect(continueUpdate(service.directory).to).toBe('1.1.0');
  });

  it('accepts that a file in conflict was removed', async () => {
    const { service } = await conflicted();
    service.edit({ 'a.ts': undefined });
    expect(continueUpdate(service.directory).to).toBe('1.1.0');
  });

  it('renders the documents from the service.json that was resolved', async () => {
    const service = new VersionedService();
    const text = service.template.get('service.json')?.contents.toString() ?? '';
    service.edit({ 'service.json': service.read('service.json').replace('Takes orders', 'Takes my orders') });
    const { notes } = await service.update({ 'service.json': text.replace('Takes orders', 'Takes all orders') });
    expect(notes).toContain('RUNBOOK.md: its blocks are not rendered anew: service.json is to be resolved first');
    expect(service.read('RUNBOOK.md')).toContain('| What it does | Takes orders |');
    const resolved = service
      .read('service.json')
      .replace(/<<<<<<<[^]*>>>>>>> template\n/, '  "summary": "Takes our orders",\n');
    service.edit({ 'service.json': resolved });
    expect(continueUpdate(service.directory).notes).toEqual([]);
    expect(service.read('RUNBOOK.md')).toContain('| What it does | Takes our orders |');
  });
});

describe('abort', () => {
  it('brings everything back, byte for byte and with its permissions', async () => {
    const { service, before } = await conflicted();
    service.edit({ 'a.ts': 'half decided\n', 'run.sh': { text: 'half', mode: 0o700 } });
    expect(abortUpdate(service.directory)).toMatchObject({ from: '1.0.0', to: '1.1.0' });
    expect(diskWithModes(service.directory)).toEqual(before);
    expect(() => abortUpdate(service.directory)).toThrow(/UPDATE_NONE/);
  });

  it('does so whoever has the number of the process now that left it', async () => {
    const { service, before } = await conflicted();
    service.edit({ '.seaworthy/update/pid': '1' });
    abortUpdate(service.directory);
    expect(diskWithModes(service.directory)).toEqual(before);
  });

  it('ends well where it is called again after it was broken off', async () => {
    const { service, before } = await conflicted();
    const remove = () => {
      throw new Error('EIO: as injected');
    };
    const broken = () => abortUpdate(service.directory, { disk: { ...updateDisk, remove } });
    expect(broken).toThrow(/UPDATE_HALF[^]*EIO: as injected\n.*run the same command again/);
    expect(abortUpdate(service.directory)).toMatchObject({
      from: '1.0.0',
      notes: ['an update that was broken off has been undone'],
    });
    expect(diskWithModes(service.directory)).toEqual(before);
  });

  it('leaves alone what the update had not touched', async () => {
    const { service, before } = await conflicted();
    service.edit({ 'own.ts': 'more\n', 'later.ts': 'later\n' });
    abortUpdate(service.directory);
    expect(diskBelow(service.directory)).toMatchObject({ 'own.ts': 'more\n', 'later.ts': 'later\n' });
    expect(diskWithModes(service.directory)['a.ts']).toEqual(before['a.ts']);
  });

  it('can be followed by the same update', async () => {
    const { service } = await conflicted();
    abortUpdate(service.directory);
    expect(await service.update(changes)).toMatchObject({ outcome: 'conflicts' });
  });
});

describe('while an update waits', () => {
  it('no other begins, not even a dry run, and nothing says that all is well', async () => {
    const { service } = await conflicted();
    const before = diskBelow(service.directory);
    for (const dryRun of [false, true])
      await expect(service.update(changes, { dryRun })).rejects.toMatchObject({ code: 'UPDATE_PENDING' });
    expect(diskBelow(service.directory)).toEqual(before);
  });

  it('that somebody committed with its markers, its clone refuses, too', async () => {
    const { service } = await conflicted();
    // What git leaves out.
    rmSync(path.join(service.directory, '.seaworthy/update'), { recursive: true });
    await expect(service.update(changes)).rejects.toThrow(/markers of an earlier update remain\n {2}- a\.ts:1\n/);
  });

  it('its record is not believed when it leads out of the service', async () => {
    const { service } = await conflicted();
    const place = path.join(service.directory, '.seaworthy/update');
    for (const file of ['journal.json', 'pending.json']) {
      const text = service.read(`.seaworthy/update/${file}`);
      writeFileSync(path.join(place, file), text.replaceAll('a.ts', '../out'));
      expect(() => abortUpdate(service.directory)).toThrow(/UPDATE_FILE[^]*not what an update wrote there/);
      writeFileSync(path.join(place, file), text);
    }
    expect(existsSync(path.join(service.directory, '../out'))).toBe(false);
    abortUpdate(service.directory);
  });
});

it('a folder that is no service has no update to end', () => {
  expect(() => continueUpdate('/')).toThrow(/UPDATE_SERVICE/);
  expect(() => abortUpdate('/nowhere')).toThrow(/\/nowhere is no folder/);
});

it('a clean update leaves nothing that waits', async () => {
  const service = new VersionedService({ 'a.ts': lines(3) });
  await service.update({ 'a.ts': 'new\n' });
  expect(() => continueUpdate(service.directory)).toThrow(/UPDATE_NONE/);
  await expect(updateService(path.join(service.directory, 'nowhere'))).rejects.toMatchObject({
    code: 'UPDATE_SERVICE',
  });
});
