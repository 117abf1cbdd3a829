import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { diskWithModes, temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { VersionedService, type Changes } from '../../fixtures/versioned-service.ts';

import { checkService } from './check-service.ts';
import { abortUpdate } from './end-update.ts';

function check(service: VersionedService, changes: Changes = {}, version = '1.0.0') {
  return checkService(service.directory, service.release(changes, version));
}

describe('a check', () => {
  it('needs no git and writes nothing', async () => {
    const service = new VersionedService();
    const before = diskWithModes(service.directory);
    vi.stubEnv('PATH', temporaryFolder());
    expect(await check(service)).toEqual({
      service: service.directory,
      status: 'current',
      from: '1.0.0',
      to: '1.0.0',
      edited: 0,
      drifted: [],
    });
    expect(diskWithModes(service.directory)).toEqual(before);
  });

  it('finds an update in a newer version, and in a template that changed', async () => {
    const service = new VersionedService();
    expect(await check(service, {}, '1.0.1')).toMatchObject({ status: 'update available', to: '1.0.1' });
    expect(await check(service, { 'a.ts': 'new\n' })).toMatchObject({ status: 'update available' });
  });

  it('counts what you edited, which is no drift', async () => {
    const service = new VersionedService({ 'a.ts': 'a\n', 'b.ts': 'b\n', 'c.ts': 'c\n' });
    service.edit({ 'a.ts': 'mine\n', 'b.ts': 'b\r\n', 'c.ts': undefined, 'd.ts': 'mine\n' });
    expect(await check(service)).toMatchObject({ status: 'current', edited: 1 });
  });

  it.each([
    ['a managed file that was edited', { '.seaworthy/service.schema.json': '{}' }],
    ['a managed file that is gone', { '.seaworthy/service.schema.json': undefined }],
    ['service.json that is gone', { 'service.json': undefined }],
    ['a runbook that is gone', { 'RUNBOOK.md': undefined }],
  ])('calls it drift: %s', async (_what, changes) => {
    const service = new VersionedService();
    service.edit(changes);
    expect(await check(service)).toMatchObject({ status: 'drifted', drifted: Object.keys(changes) });
    expect(await check(service, {}, '2.0.0')).toMatchObject({ status: 'update available' });
  });

  it('names the conflicts that remain, also where only the markers were committed', async () => {
    const service = new VersionedService({ 'a.ts': 'a\n' });
    service.edit({ 'a.ts': 'mine\n' });
    await service.update({ 'a.ts': 'theirs\n' });
    const conflicts = ['a.ts:1', 'a.ts:3', 'a.ts:7'];
    expect(await check(service, { 'a.ts': 'theirs\n' })).toMatchObject({ status: 'conflicts', conflicts });
    const marked = service.read('a.ts');
    service.edit({ 'a.ts': 'both\n' });
    expect(await check(service)).toMatchObject({
      status: 'conflicts',
      conflicts: ['every conflict is resolved: end it with --continue'],
    });
    abortUpdate(service.directory);
    service.edit({ 'a.ts': marked });
    expect(await check(service)).toMatchObject({ status: 'conflicts', conflicts });
  });

  it('tells that the record of the last rendering is gone, which an update brings back', async () => {
    const service = new VersionedService();
    service.edit({ '.seaworthy/base.tgz': undefined });
    expect(await check(service, {}, '1.0.0')).toMatchObject({ status: 'drifted', drifted: ['.seaworthy/base.tgz'] });
    await service.update({}, { version: '1.0.0' });
    expect(await check(service, {}, '1.0.0')).toMatchObject({ status: 'current', drifted: [] });
  });

  it.each([
    [
      'no service',
      (directory: string) => rmSync(path.join(directory, '.seaworthy'), { recursive: true }),
      'UPDATE_SERVICE',
    ],
    [
      'a record that is none',
      (directory: string) => writeFileSync(path.join(directory, '.seaworthy/state.json'), '{'),
      'UPDATE_STATE',
    ],
    [
      'an update that was broken off',
      (directory: string) => {
        mkdirSync(path.join(directory, '.seaworthy/update'));
        writeFileSync(path.join(directory, '.seaworthy/update/journal.json'), '{}');
      },
      'the next update undoes it',
    ],
  ])('cannot tell about %s', async (_what, spoil, reason) => {
    const service = new VersionedService();
    spoil(service.directory);
    expect(await check(service)).toMatchObject({
      status: 'cannot tell',
      reason: expect.stringContaining(reason) as string,
    });
  });

  it('cannot tell with a template that is older than the service', async () => {
    const { status, reason } = await check(new VersionedService(), {}, '0.9.0');
    expect([status, reason]).toEqual(['cannot tell', 'the installed create-seaworthy is older than the service']);
  });
});
