// A disk that does not tell cases apart, put in the place of Node's own: Linux has none.
import { readdirSync } from 'node:fs';

import { expect, it, vi } from 'vitest';

import { diskWithModes } from '../../fixtures/temporary-folder.ts';
import { lines, VersionedService } from '../../fixtures/versioned-service.ts';

import { abortUpdate } from './end-update.ts';
import { updateDisk } from './update-disk.ts';

vi.mock('node:fs', async (original) => {
  const { caseInsensitive } = await import('../../fixtures/case-insensitive-disk.ts');
  return caseInsensitive(await original());
});

const renamed = { 'Readme.txt': undefined, 'README.txt': lines(9) };
const texts = (service: VersionedService) => readdirSync(service.directory).filter((name) => name.endsWith('.txt'));

it('the fixture answers for a name in another case', () => {
  const service = new VersionedService({ 'Readme.txt': 'a\n' });
  expect([service.read('README.TXT'), texts(service)]).toEqual(['a\n', ['Readme.txt', 'ignored.txt']]);
});

it.each([
  ['left alone', lines(9)],
  ['edited', `${lines(9)}mine\n`],
])('takes over a name in another case of a file that you %s', async (_what, text) => {
  const service = new VersionedService({ 'Readme.txt': lines(9) });
  service.edit({ 'Readme.txt': text });
  expect(await service.update(renamed)).toMatchObject({ outcome: 'updated', conflicts: [] });
  expect([texts(service), service.read('README.txt')]).toEqual([['README.txt', 'ignored.txt'], text]);
});

it('brings the old name back where an update is broken off, and by an abort', async () => {
  const service = new VersionedService({ 'Readme.txt': lines(9), 'a.ts': 'a\n' });
  service.edit({ 'a.ts': 'mine\n' });
  const before = diskWithModes(service.directory);
  const changes = { ...renamed, 'a.ts': 'theirs\n' };
  const rename = (from: string, to: string) => {
    if (to.endsWith('pending.json')) throw new Error('EIO: as injected');
    updateDisk.rename(from, to);
  };
  await expect(service.update(changes, { disk: { ...updateDisk, rename } })).rejects.toThrow(/EIO: as injected/);
  expect(diskWithModes(service.directory)).toEqual(before);
  expect(await service.update(changes)).toMatchObject({ outcome: 'conflicts' });
  expect(texts(service)).toEqual(['README.txt', 'ignored.txt']);
  abortUpdate(service.directory);
  expect(diskWithModes(service.directory)).toEqual(before);
});
