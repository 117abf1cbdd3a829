import path from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { diskBelow } from '../../fixtures/temporary-folder.ts';
import { lines, VersionedService, type Changes } from '../../fixtures/versioned-service.ts';

import { runUpdate } from './update-arguments.ts';
import { updateCommand, type UpdateCommand } from './update-command.ts';

function screens(isTTY = false) {
  const printed = { stdout: '', stderr: '' };
  const output = {
    stdout: { isTTY, write: (text: string) => (printed.stdout += text) },
    stderr: { write: (text: string) => (printed.stderr += text) },
  };
  return { printed, output };
}

async function run(service: VersionedService, command: UpdateCommand, changes: Changes = {}, version = '1.1.0') {
  const { printed, output } = screens();
  const options = { ...service.release(changes, version), cwd: service.directory };
  const exitCode = await updateCommand(command, output, options);
  return { exitCode, ...printed };
}

const conflicting = { 'a.ts': 'theirs\n' };
const edited = () => new VersionedService({ 'a.ts': 'a\n' }).edit({ 'a.ts': 'mine\n' });

describe('the exit code', () => {
  it('is 0 for an update without a conflict, and for none', async () => {
    const service = new VersionedService({ 'a.ts': 'a\n', 'b.ts': 'b\n' });
    const updated = await run(service, {}, { 'a.ts': 'b\n', 'b.ts': undefined });
    expect(updated).toMatchObject({ exitCode: 0, stderr: '' });
    expect(updated.stdout).toMatch(
      /^write {5}a\.ts\nremove {4}b\.ts\nUpdated from 1\.0\.0 to 1\.1\.0: 2 files in \d+ms\. /,
    );
    expect(await run(service, {}, { 'a.ts': 'b\n', 'b.ts': undefined })).toEqual({
      exitCode: 0,
      stdout: 'Up to date: the service is at 1.1.0.\n',
      stderr: '',
    });
  });

  it('is 5 while conflicts remain, whatever is called', async () => {
    const service = edited();
    expect((await run(service, { dryRun: true }, conflicting)).exitCode).toBe(5);
    expect((await run(service, {}, conflicting)).exitCode).toBe(5);
    for (const command of [{}, { dryRun: true }, { continue: true }, { check: true }])
      expect((await run(service, command, conflicting)).exitCode).toBe(5);
    expect(await run(service, { abort: true }, conflicting)).toEqual({
      exitCode: 0,
      stdout: 'Everything is as it was: the service is at 1.0.0.\n',
      stderr: '',
    });
    expect(service.read('a.ts')).toBe('mine\n');
  });

  it.each([
    [{ continue: true }, 1, 'UPDATE_NONE'],
    [{ abort: true }, 1, 'UPDATE_NONE'],
    [{ directories: ['nowhere'] }, 2, 'UPDATE_SERVICE'],
    [{ directories: ['a', 'b'] }, 64, 'UPDATE_ARGUMENTS'],
    [{ keepYours: true }, 64, '--keep-yours: it belongs to --continue'],
    [{ abort: true, continue: true }, 64, '--continue and --abort: one of them at a time'],
  ])('for %j is %i', async (command, exitCode, words) => {
    const service = new VersionedService();
    const before = diskBelow(service.directory);
    const answer = await run(service, command);
    expect(answer).toMatchObject({ exitCode, stdout: '' });
    expect(answer.stderr).toContain(words);
    expect(answer.stderr).not.toMatch(/\n\s+at /);
    expect(diskBelow(service.directory)).toEqual(before);
  });

  it('of a downgrade is 1', async () => {
    expect((await run(new VersionedService(), {}, {}, '0.1.0')).exitCode).toBe(1);
  });
});

describe('what is printed', () => {
  it('is JSON for a program', async () => {
    const service = new VersionedService({ 'a.ts': lines(3) });
    service.edit({ 'a.ts': 'mine\n' });
    const { stdout } = await run(service, { json: true }, { 'a.ts': 'theirs\n' });
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'conflicts', conflicts: [{ file: 'a.ts' }], from: '1.0.0' });
    const checked = JSON.parse((await run(service, { check: true, json: true })).stdout) as object;
    expect(checked).toMatchObject({ services: [{ service: '.', status: 'conflicts' }] });
  });

  it('is JSON for a program also where it is refused', async () => {
    const service = edited();
    await run(service, {}, conflicting);
    const refused = await run(service, { json: true }, conflicting);
    expect(refused).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('UPDATE_PENDING') as string });
    expect(JSON.parse(refused.stdout)).toMatchObject({
      error: {
        code: 'UPDATE_PENDING',
        retryable: false,
        exitCode: 5,
        problems: expect.arrayContaining(['a.ts:1']) as object,
      },
    });
    const { printed, output } = screens();
    expect(await runUpdate(['--json', '--force'], output)).toBe(64);
    expect(JSON.parse(printed.stdout)).toMatchObject({ error: { code: 'UPDATE_ARGUMENTS', exitCode: 64 } });
  });

  it('after conflicts are commands that can be typed where the first one was', async () => {
    const service = edited();
    const cwd = path.dirname(service.directory);
    const { printed, output } = screens();
    const options = { ...service.release(conflicting), cwd };
    expect(await updateCommand({ directories: ['orders-api'] }, output, options)).toBe(5);
    expect(printed.stdout).toMatch(
      /\nThen: npx create-seaworthy update orders-api --continue\. .*: npx create-seaworthy update orders-api --abort\.\n$/,
    );
  });

  it('is no stack where no folder for temporary files can be made', async () => {
    const service = new VersionedService({ 'a.ts': lines(9) });
    service.edit({ 'a.ts': `mine\n${lines(9)}` });
    const { printed, output } = screens();
    const options = { ...service.release({ 'a.ts': `${lines(9)}theirs\n` }), cwd: service.directory };
    const before = diskBelow(service.directory);
    vi.stubEnv('TMPDIR', '/nowhere');
    expect(await updateCommand({}, output, options)).toBe(1);
    vi.unstubAllEnvs();
    expect(printed.stderr).toMatch(/\(UPDATE_FILE\)\. Nothing was written\.\n {2}- ENOENT[^]*\/nowhere/);
    expect(printed.stderr).not.toMatch(/\n\s+at /);
    expect(diskBelow(service.directory)).toEqual(before);
  });

  it('of a check is a table with titles on a terminal', async () => {
    const service = new VersionedService();
    const { printed, output } = screens(true);
    await updateCommand({ check: true }, output, { ...service.release({}, '1.0.0'), cwd: service.directory });
    expect(printed.stdout).toBe(
      'SERVICE  STATUS   AT     AVAILABLE  EDITED  DETAIL\n.        current  1.0.0  1.0.0      0\n',
    );
  });

  it('cannot steer a terminal', async () => {
    const { printed, output } = screens();
    await updateCommand({ check: true, directories: ['a\u001B[2J\nb'] }, output);
    expect(printed.stdout).toContain(String.raw`a\u001b[2J\u000ab`);
  });
});

describe('the arguments', () => {
  it.each([
    [['--force'], "Unknown option '--force'"],
    [['--check=yes'], "Option '--check' does not take an argument"],
    [['a', 'b'], '2 services: only --check takes several'],
  ])('%j are refused with 64', async (words, reason) => {
    const { printed, output } = screens();
    expect(await runUpdate(words, output)).toBe(64);
    expect(printed.stderr).toContain(reason);
    expect(printed.stderr).toContain('usage: ');
  });

  it('ask for help, which lists every flag and exit code', async () => {
    const { printed, output } = screens();
    expect(await runUpdate(['--help'], output)).toBe(0);
    for (const word of ['--check', '--dry-run', '--continue', '--abort', '--json', '64 usage'])
      expect(printed.stdout).toContain(word);
  });
});
