import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { gitIn, stubGitConfig } from '../../fixtures/git.ts';
import { runProgram, type Where } from '../../fixtures/run-program.ts';
import { diskBelow, temporaryFolder } from '../../fixtures/temporary-folder.ts';

const packageFolder = path.resolve(import.meta.dirname, '../..');
const repository = path.resolve(packageFolder, '../..');
const plop = path.join(repository, 'node_modules/plop/bin/plop.js');

/** Runs plop as npx does, without a terminal: whatever it asked would find no answer. */
function runPlop(args: readonly string[], cwd = repository, { env = {}, ...how }: Omit<Where, 'cwd'> = {}) {
  // Under a test runner plop leaves its spinner out by itself.
  return runProgram([plop, ...args], { cwd, env: { NODE_ENV: undefined, INIT_CWD: '/nowhere', ...env }, ...how });
}

/** A folder inside the repository, from which plop finds the plopfile; git ignores it. */
function folderBelow(): string {
  mkdirSync(path.join(packageFolder, 'reports'), { recursive: true });
  const folder = mkdtempSync(path.join(packageFolder, 'reports/door-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const answers = ['--name=orders-api', '--language=python', '--owner=team-orders'];

describe('npx plop service', { timeout: 20_000 }, () => {
  it('writes a service, and prints the tree and the next commands on stdout alone', async () => {
    stubGitConfig();
    const parent = temporaryFolder();
    const { exitCode, stdout, stderr } = await runPlop(['service', '--', ...answers, '--directory', parent]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const target = path.join(parent, 'orders-api');
    expect(stdout).toMatch(new RegExp(`^${target}/\n├── \\.dockerignore\n├── \\.github/\n`));
    expect(stdout).toMatch(/│ {3}└── orders_api\/\n/);
    expect(stdout).toMatch(/\n\d+ files in \d+ms\.\n\nNext:\n/);
    expect(stdout.endsWith(`Next:\n  cd ${target}\n  make setup\n  make dev\n`)).toBe(true);
    expect(readdirSync(parent)).toEqual(['orders-api']);
    expect(gitIn(target, 'log', '--format=%s')).toBe('Start orders-api from the python template');
  });

  it('writes below where the user stands, and says on stdout what is left to do', async () => {
    stubGitConfig('');
    const cwd = folderBelow();
    const { exitCode, stdout, stderr } = await runPlop(['service', '--', ...answers.with(1, '--language=node')], cwd);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('\nNote: git does not know who you are');
    expect(stdout).toContain('\n  cd services/orders-api\n');
    const [defaults] = readdirSync(path.join(cwd, 'services/orders-api/vendor'));
    expect(defaults).toMatch(/^seaworthy-defaults-.+\.tgz$/);
  });

  it('prints help on either side of the dashes', async () => {
    const before = await runPlop(['service', '--help']);
    expect(before).toMatchObject({ exitCode: 0, stderr: '' });
    expect(before.stdout).toMatch(
      /^Scaffolds a service .+\n {2}--on-call=… .+\n {2}--directory=….+\[services\]\n.+--help .+\n/s,
    );
    expect(await runPlop(['service', '--', '--help'])).toEqual(before);
  });

  it('asks nothing: everything that is missing stands in one message', async () => {
    const cwd = folderBelow();
    expect(await runPlop(['service'], cwd)).toEqual({
      exitCode: 1,
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
    const { exitCode, stdout, stderr } = await runPlop(['service'], folderBelow(), { silent: true });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('--name is missing');
  });

  it('reads answers from a file that flags win over', async () => {
    const cwd = folderBelow();
    const inFile = { name: 'from-file', owner: 'team-file', language: 'python', git: false };
    writeFileSync(path.join(cwd, 'answers.json'), JSON.stringify(inFile));
    const { exitCode } = await runPlop(['service', '--', '--answers=answers.json', '--name=from-flag'], cwd);
    expect(exitCode).toBe(0);
    const service = readFileSync(path.join(cwd, 'services/from-flag/service.json'), 'utf8');
    expect(JSON.parse(service)).toMatchObject({ name: 'from-flag', owner: 'team-file', language: 'python' });
  });

  it('prints what it failed with as one document, with what it ends with', async () => {
    const { exitCode, stdout, stderr } = await runPlop(['service', '--', '--name=Orders API', '--json'], folderBelow());
    expect(exitCode).toBe(1);
    expect(stderr).toContain('SCAFFOLD_ANSWERS');
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'SCAFFOLD_ANSWERS', retryable: false, exitCode: 1 } });
  });

  it('prints where the service is whose set-up failed', async () => {
    const tools = temporaryFolder();
    writeFileSync(path.join(tools, 'make'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const env = { PATH: [tools, process.env['PATH']].join(path.delimiter) };
    const cwd = folderBelow();
    const { exitCode, stdout } = await runPlop(['service', '--', ...answers, '--json', '--install'], cwd, { env });
    expect(exitCode).toBe(1);
    const target = path.join(cwd, 'services/orders-api');
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'SCAFFOLD_INSTALL', exitCode: 1, target } });
    expect(existsSync(path.join(target, 'service.json'))).toBe(true);
  });

  it.each([
    ['a bad name', ['--', ...answers.with(0, '--name=Orders API')], 'SCAFFOLD_ANSWERS', 'for example orders-api'],
    ['a taken name', ['--', ...answers.with(0, '--name=http')], 'SCAFFOLD_ANSWERS', 'for example http-service'],
    ['an unknown flag', ['--', ...answers, '--color'], 'SCAFFOLD_ARGUMENTS', '--color: there is no such flag'],
    ['flags of plop', ['--force', '--', ...answers], 'SCAFFOLD_ARGUMENTS', `npx plop service -- ${answers.join(' ')}`],
    ['another folder', ['--dest=x', '--', ...answers], 'SCAFFOLD_ARGUMENTS', '--dest: not understood'],
    ['flags before the dashes', answers, 'SCAFFOLD_ARGUMENTS', `npx plop service -- ${answers.join(' ')}`],
    [
      'a stray word',
      ['orders-api'],
      'SCAFFOLD_ARGUMENTS',
      'expected flags only\n  - instead: npx plop service -- --name=orders-api\n',
    ],
    ['a way out', ['--', ...answers, '--directory=..'], 'SCAFFOLD_TARGET', 'leads out of'],
    ['an existing folder', ['--', ...answers, '--directory=mine'], 'SCAFFOLD_TARGET', 'orders-api exists already'],
    ['a file as parent', ['--', ...answers, '--directory=file'], 'SCAFFOLD_TARGET', 'is not a folder'],
  ])('refuses %s with one message, and writes nothing', async (_what, args, code, text) => {
    const cwd = folderBelow();
    mkdirSync(path.join(cwd, 'mine/orders-api'), { recursive: true });
    writeFileSync(path.join(cwd, 'file'), 'mine');
    const before = diskBelow(cwd);
    const { exitCode, stdout, stderr } = await runPlop(['service', ...args], cwd);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(text);
    expect(stderr.split(`(${code}). Nothing was written.\n`)).toHaveLength(2);
    expect(stderr).not.toMatch(/\n\s+at |\[ERROR\]|✖/);
    expect(diskBelow(cwd)).toEqual(before);
  });
});
