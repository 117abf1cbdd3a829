import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { endedProcess } from '../../fixtures/faulty-writer.ts';
import { gitIn, stubGitConfig } from '../../fixtures/git.ts';
import { runProgram, type Where } from '../../fixtures/run-program.ts';
import { diskBelow, temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { stagingName } from '../disk/staging-folder.ts';
import { sha256 } from '../plan/template.ts';
import type { PlannedFileFacts } from '../scaffold.ts';

const program = path.resolve(import.meta.dirname, '../../bin/create-seaworthy.js');
const flags = ['--language=python', '--owner=team-orders'];

// Root may write everywhere, nobody may not.
const asNobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};

function create(args: readonly string[], cwd = temporaryFolder(), how: Omit<Where, 'cwd'> = {}) {
  return runProgram([program, ...args], { cwd, ...how });
}

beforeEach(() => stubGitConfig());

describe('npx create-seaworthy', { timeout: 30_000 }, () => {
  it('writes a service where the user stands, and prints the tree and the next commands', async () => {
    const cwd = temporaryFolder();
    const { exitCode, stdout, stderr } = await create(['orders-api', ...flags], cwd);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^orders-api\/\n├── \.dockerignore\n/);
    expect(stdout.endsWith('Next:\n  cd orders-api\n  make setup\n  make dev\n')).toBe(true);
    expect(gitIn(path.join(cwd, 'orders-api'), 'status', '--porcelain')).toBe('');
    expect(gitIn(path.join(cwd, 'orders-api'), 'log', '--format=%s')).toBe('Start orders-api from the python template');
  });

  it('reads flags with and without an equals sign, and answers from a file that flags win over', async () => {
    const cwd = temporaryFolder();
    const inFile = {
      $schema: 'answers.schema.json',
      name: 'from-file',
      owner: 'team-file',
      language: 'python',
      git: false,
    };
    writeFileSync(path.join(cwd, 'answers.json'), `\uFEFF${JSON.stringify(inFile)}`);
    const { exitCode } = await create(['--answers', 'answers.json', '--name', 'from-flag', '--directory=a/b'], cwd);
    expect(exitCode).toBe(0);
    const service = JSON.parse(readFileSync(path.join(cwd, 'a/b/from-flag/service.json'), 'utf8')) as object;
    expect(service).toMatchObject({ name: 'from-flag', owner: 'team-file', language: 'python' });
    expect(existsSync(path.join(cwd, 'a/b/from-flag/.git'))).toBe(false);
  });

  it('shows the plan on a dry run and writes nothing', async () => {
    const cwd = temporaryFolder();
    const { exitCode, stdout } = await create(['orders-api', ...flags, '--dry-run'], cwd);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^orders-api\/\n.*├── RUNBOOK\.md\n.*\n\d+ files would be written\. Nothing was\.\n$/s);
    expect(diskBelow(cwd)).toEqual({});
  });

  it('prints plan and result as one document, which the disk agrees with', async () => {
    const umask = process.umask(0o022);
    onTestFinished(() => void process.umask(umask));
    const cwd = temporaryFolder();
    const planned = await create(['orders-api', ...flags, '--json', '--dry-run'], cwd);
    const written = await create(['orders-api', ...flags, '--json'], cwd);
    const plan = JSON.parse(planned.stdout) as { plan: { files: PlannedFileFacts[] }; result: object };
    const done = JSON.parse(written.stdout) as typeof plan;
    expect(plan.result).toMatchObject({ written: false, installed: false });
    expect(done).toMatchObject({ schema: 'scaffold/1', plan: plan.plan, result: { written: true, notes: [] } });
    const onDisk = plan.plan.files.map(({ path: file }) => {
      const place = path.join(cwd, 'orders-api', file);
      const contents = readFileSync(place);
      const mode = (statSync(place).mode & 0o777).toString(8);
      return { path: file, mode, bytes: contents.byteLength, sha256: sha256(contents) };
    });
    expect(onDisk).toEqual(plan.plan.files);
  });

  it('prints what it failed with as one document as well', async () => {
    const { exitCode, stdout, stderr } = await create(['Orders API', '--json']);
    expect(exitCode).toBe(64);
    expect(stderr).toContain('SCAFFOLD_ANSWERS');
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'SCAFFOLD_ANSWERS', retryable: false, exitCode: 64, problems: { length: 3 } },
    });
  });

  it('prints where the service is whose set-up failed', async () => {
    const tools = temporaryFolder();
    writeFileSync(path.join(tools, 'make'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const env = { PATH: [tools, process.env['PATH']].join(path.delimiter) };
    const cwd = temporaryFolder();
    const { exitCode, stdout } = await create(['orders-api', ...flags, '--json', '--install'], cwd, { env });
    expect(exitCode).toBe(1);
    const target = path.join(cwd, 'orders-api');
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'SCAFFOLD_INSTALL', retryable: true, exitCode: 1, target },
    });
    expect(existsSync(path.join(target, 'service.json'))).toBe(true);
  });

  it('prints help, its version and the schema of the answers', async () => {
    expect((await create(['--help', '--nonsense'])).stdout).toMatch(
      /npx create-seaworthy orders-api .+the parent folder \[\.\].+npx create-seaworthy update --help\n$/s,
    );
    expect((await create(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(JSON.parse((await create(['--schema'])).stdout)).toMatchObject({ required: ['name', 'language', 'owner'] });
  });

  it('asks nothing without a terminal: everything that is missing stands in one message', async () => {
    const cwd = temporaryFolder();
    expect(await create([], cwd)).toEqual({
      exitCode: 64,
      stdout: '',
      stderr: [
        'an answer is missing or not accepted (SCAFFOLD_ANSWERS). Nothing was written.',
        '  - --name is missing: the service, for example orders-api',
        '  - --language is missing: node or python',
        '  - --owner is missing: the team that answers for the service, for example team-orders',
        '',
      ].join('\n'),
    });
    expect(diskBelow(cwd)).toEqual({});
  });

  it('waits for nobody where its input stays open', async () => {
    const { exitCode, stdout, stderr } = await create([], temporaryFolder(), { silent: true });
    expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: '' });
    expect(stderr).toContain('--name is missing');
  });

  it.each([
    ['a name with a space', ['Orders API', ...flags], 64, 'for example orders-api'],
    ['a way out', ['../orders', ...flags], 64, 'for example orders'],
    ['a whole path', ['/srv/orders', ...flags], 64, 'for example srv-orders'],
    ['control characters', ['or\u001B[31mders', ...flags], 64, String.raw`"or\u001b[31mders"`],
    ['200 characters', ['o'.repeat(200), ...flags], 64, 'expected 2 to 40 characters'],
    ['an emoji', ['🚢', ...flags], 64, 'expected 2 to 40 characters'],
    ['a device', ['con', ...flags], 64, 'Windows keeps it for a device; for example con-service'],
    ['a trailing dot', ['orders.', ...flags], 64, 'for example orders'],
    ['an existing folder', ['there', ...flags], 1, 'exists already'],
    ['a parent that leads out', ['ab', ...flags, '--directory=..'], 1, 'leads out of'],
    ['a link that leads out', ['ab', ...flags, '--directory=link'], 1, 'is a link that leads out of'],
    ['a file as parent', ['ab', ...flags, '--directory=file'], 1, 'is not a folder'],
    ['a parent with too long a name', ['ab', ...flags, `--directory=${'x'.repeat(300)}`], 1, '(ENAMETOOLONG); choose'],
    ['a home that no shell has put in', ['ab', ...flags, '--directory=~/there'], 64, 'write $HOME instead'],
    ['two names', ['ab', 'python'], 64, 'npm keeps flags to itself that stand before --'],
    ['a name twice', ['ab', '--name=cd'], 64, 'ab: the name is given twice'],
    ['an unknown flag', ['ab', ...flags, '--force'], 64, '--force: there is no such flag'],
    [
      'a flag that colours',
      ['ab', ...flags, '--\u001B[31mevil'],
      64,
      String.raw`--\u001b[31mevil: there is no such flag`,
    ],
    ['no answers file', ['--answers=none.json'], 64, '--answers=none.json: the file cannot be read'],
    ['an answers file without JSON', ['--answers=file'], 64, '--answers=file: expected JSON'],
    ['an answers file that colours', ['--answers=evil'], 64, '--answers=evil: expected JSON'],
    ['an answers file with a list', ['--answers=list.json'], 64, 'expected one JSON object'],
    ['an answers file with more', ['--answers=more.json'], 64, '"colour": there is no such answer'],
    [
      'a folder without packages',
      ['ab', '--language=node', '--owner=t1', '--vendor=there'],
      1,
      'packages cannot be read',
    ],
  ])('refuses %s with one message, and writes nothing', async (_what, args, code, text) => {
    const cwd = temporaryFolder();
    mkdirSync(path.join(cwd, 'there'));
    const files = { file: 'mine', evil: '\u001B[31m{}', 'list.json': '[]', 'more.json': '{"colour":1}' };
    for (const [file, contents] of Object.entries(files)) writeFileSync(path.join(cwd, file), contents);
    symlinkSync(temporaryFolder(), path.join(cwd, 'link'));
    const before = diskBelow(cwd);
    const { exitCode, stdout, stderr } = await create(args, cwd);
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
    expect(stderr).toContain(text);
    expect(stderr.split('Nothing was written.\n')).toHaveLength(2);
    expect(stderr).not.toMatch(/\n\s+at /);
    // oxlint-disable-next-line no-control-regex -- what must not reach a terminal
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
    expect(diskBelow(cwd)).toEqual(before);
  });

  it.each([
    ['', []],
    [', on a dry run too', ['--dry-run']],
  ])('refuses a parent that must not be written%s', async (_when, more) => {
    const cwd = temporaryFolder();
    chmodSync(cwd, 0o555);
    expect(await create(['orders-api', ...flags, ...more], cwd, asNobody)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: [
        'the service cannot be written there (SCAFFOLD_TARGET). Nothing was written.',
        `  - ${cwd} cannot be written by this user (EACCES); choose another --directory or ask its owner`,
        '',
      ].join('\n'),
    });
    expect(diskBelow(cwd)).toEqual({});
  });

  it('refuses a parent that must not be looked into', async () => {
    const cwd = temporaryFolder();
    const closed = path.join(cwd, 'closed');
    mkdirSync(closed, { mode: 0 });
    onTestFinished(() => chmodSync(closed, 0o755));
    chmodSync(cwd, 0o777);
    const { exitCode, stderr } = await create(['ab', ...flags, '--directory=closed/in'], cwd, asNobody);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      `(SCAFFOLD_TARGET). Nothing was written.\n  - ${closed}/in cannot be looked at (EACCES); choose another --directory\n`,
    );
  });

  it('refuses to start from a folder that is gone', () => {
    const there = 'mkdir gone; cd gone; rmdir ../gone; exec "$0" "$@"';
    const command = [process.execPath, program, 'ab', ...flags];
    const options = { cwd: temporaryFolder(), encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync('sh', ['-c', there, ...command], options);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe(
      [
        'the service cannot be written there (SCAFFOLD_TARGET). Nothing was written.',
        '  - the folder you stand in is gone; cd to one that is there, then try again',
        '',
      ].join('\n'),
    );
  });

  it("goes on beside somebody else's leftovers, and says so", async () => {
    const cwd = temporaryFolder();
    const left = path.join(cwd, stagingName('other', endedProcess()));
    mkdirSync(path.join(left, 'in'), { recursive: true });
    chmodSync(left, 0o555);
    onTestFinished(() => chmodSync(left, 0o755));
    chmodSync(cwd, 0o777);
    const { exitCode, stdout } = await create(['orders-api', ...flags, '--no-git'], cwd, asNobody);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      `\nNote: ${left} is left from a run that has ended, and cannot be removed (EACCES); its owner can\n`,
    );
    expect(existsSync(path.join(cwd, 'orders-api/service.json'))).toBe(true);
  });

  it('names the command that updates a service that is there', async () => {
    const cwd = temporaryFolder();
    await create(['orders-api', ...flags], cwd);
    const before = diskBelow(cwd);
    const { exitCode, stderr } = await create(['orders-api', ...flags], cwd);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`npx create-seaworthy update --dry-run ${path.join(cwd, 'orders-api')}`);
    expect(diskBelow(cwd)).toEqual(before);
  });

  it('shows on a dry run how a service that is there differs from the plan', async () => {
    const cwd = temporaryFolder();
    await create(['orders-api', ...flags], cwd);
    const dryRun = ['orders-api', ...flags, '--dry-run'];
    expect(await create(dryRun, cwd)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(
        /^No difference between orders-api\/ and what would be written, in \d+ files\. Nothing was written\.\n$/,
      ) as string,
    });
    writeFileSync(path.join(cwd, 'orders-api/Makefile'), 'ours:\n');
    const before = diskBelow(cwd);
    const { exitCode, stdout } = await create(dryRun, cwd);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^diff --git a\/Makefile b\/Makefile\n.*\n-ours:\n.*\n1 of \d+ files of orders-api\/ differ from what would be written\. Nothing was written\.\nAn update has nothing to bring: the service has this template\.\n$/s,
    );
    const { result } = JSON.parse((await create([...dryRun, '--json'], cwd)).stdout) as { result: object };
    expect(result).toMatchObject({ written: false, comparison: { differing: ['Makefile'], notes: [] } });
    expect(diskBelow(cwd)).toEqual(before);
  });
});
