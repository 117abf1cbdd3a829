import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { answeringService, programService, type FixtureAnswer } from '../testing/fixture-service.ts';
import { runCli } from '../testing/run-cli.ts';

const page = '# Settings of orders-api\n\nA page.\n';
const production =
  '# Production settings of orders-api\n\n# Change: docs/changes/0001-first.md\nDATABASE_URL=sqlite:p.db\n';
const staging = '# Staging settings of orders-api\n\n# Differs: its own orders\nDATABASE_URL=sqlite:s.db\n';
const outdated = {
  'docs/defaults.md': page,
  'config/production.env': production.replace('# Change', '\n# Old\n# Change'),
  'config/staging.env': staging.replace('its own orders\n', 'its own orders\n').replaceAll('\n', '\r\n'),
};
const answers = {
  docs: { stdout: page },
  'env production': { stdout: production },
  'env staging': { stdout: staging },
};
const current = { 'docs/defaults.md': page, 'config/production.env': production, 'config/staging.env': staging };

function filesOf(directory: string) {
  const files = ['docs', 'config'].flatMap((folder) =>
    readdirSync(path.join(directory, folder)).map((file) => `${folder}/${file}`),
  );
  return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(directory, file), 'utf8')]));
}

const docs = (directory: string, ...options: string[]) => runCli(['config', 'docs', ...options], { directory });

function failing(words: string, answer: FixtureAnswer) {
  return answeringService({ ...answers, [words]: answer }, outdated);
}

describe('seaworthy config docs', () => {
  it('writes what changed, and says so', async () => {
    const directory = answeringService(answers, { ...outdated, 'config/staging.env': staging });
    chmodSync(path.join(directory, 'config/production.env'), 0o640);
    expect(await docs(directory)).toEqual({
      exitCode: 0,
      stdout: 'docs/defaults.md\tunchanged\nconfig/production.env\twritten\nconfig/staging.env\tunchanged\n',
      stderr: '',
    });
    expect(filesOf(directory)).toEqual(current);
    expect(statSync(path.join(directory, 'config/production.env')).mode & 0o777).toBe(0o640);
  });

  it('makes the files that are not there', async () => {
    const directory = answeringService(answers);
    expect((await docs(directory)).exitCode).toBe(0);
    expect(filesOf(directory)).toEqual(current);
  });

  it('leaves a link where it is, and writes the file behind it', async () => {
    const directory = answeringService(answers, outdated);
    const [link, file] = [path.join(directory, 'config/production.env'), path.join(directory, 'real.env')];
    renameSync(link, file);
    symlinkSync('../real.env', link);
    expect((await docs(directory)).exitCode).toBe(0);
    expect([lstatSync(link).isSymbolicLink(), readFileSync(file, 'utf8')]).toEqual([true, production]);
  });

  it('with --check writes nothing, and names the first line of each file that is out of date', async () => {
    const directory = answeringService(answers, outdated);
    const { stdout, stderr, exitCode } = await docs(directory, '--check');
    expect(stdout).toBe(`docs/defaults.md\tunchanged
config/production.env:3\texpected # Change: docs/changes/0001-first.md
config/staging.env:1\texpected # Staging settings of orders-api, without a carriage return
`);
    expect(stderr).toContain('\n   code      CLI_OUTDATED\n   got       config/production.env, config/staging.env\n');
    expect([exitCode, filesOf(directory)]).toEqual([1, outdated]);
    const json = JSON.parse((await docs(directory, '--check', '--json')).stdout) as unknown;
    expect(json).toEqual({
      files: [
        { path: 'docs/defaults.md', state: 'unchanged' },
        { path: 'config/production.env', state: 'outdated', line: 3, expected: '# Change: docs/changes/0001-first.md' },
        expect.objectContaining({ path: 'config/staging.env', state: 'outdated', line: 1 }),
      ],
    });
    const upToDate = await docs(answeringService(answers, current), '--check');
    expect(upToDate).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it.each([
    ['a command that fails', { exit: 1, stderr: 'Traceback\n' }, 2, 'CLI_COMMAND_FAILED'],
    ['an empty answer', {}, 2, 'CLI_ANSWER_INVALID'],
    ['another file', { stdout: production }, 2, 'CLI_ANSWER_INVALID'],
    ['half a file', { stdout: staging.trimEnd() }, 2, 'CLI_ANSWER_INVALID'],
    [
      'a file without the live line',
      { stdout: '# Staging settings of orders-api\n' },
      2,
      'a file without DATABASE_URL,',
    ],
    ['a refusal', { exit: 78, stderr: 'SettingsError: 1 problem\n' }, 78, 'SettingsError: 1 problem'],
    ['a refusal without a word', { exit: 78 }, 78, 'CLI_SETTINGS_REFUSED'],
  ])('writes nothing after %s', async (_what, answer, exitCode, words) => {
    const directory = failing('env staging', answer);
    const { stdout, stderr, exitCode: ended } = await docs(directory);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('sqlite:');
    expect([stdout, ended, filesOf(directory)]).toEqual(['', exitCode, outdated]);
  });

  it('writes nothing over a change that somebody makes meanwhile', async () => {
    const program = `
      import { appendFileSync } from 'node:fs';
      const words = process.argv.slice(2).join(' ');
      if (words === 'env production') appendFileSync('config/production.env', 'HTTP_PORT=9090\\n');
      process.stdout.write(${JSON.stringify(answers)}[words].stdout);`;
    const directory = programService(program, outdated);
    const { stderr, exitCode } = await docs(directory);
    expect(stderr).toContain('\n   code      CLI_FILE_CHANGED\n   got       config/production.env\n');
    const edited = { ...outdated, 'config/production.env': `${outdated['config/production.env']}HTTP_PORT=9090\n` };
    expect([exitCode, filesOf(directory)]).toEqual([1, edited]);
  });

  it.each([
    [
      'a folder stands in the place of a file',
      (directory: string) => mkdirSync(path.join(directory, 'docs/defaults.md'), { recursive: true }),
    ],
    ['a file stands in the place of a folder', (directory: string) => writeFileSync(path.join(directory, 'docs'), '')],
  ])('writes nothing where %s', async (_what, prepare) => {
    const { 'docs/defaults.md': _page, ...rest } = outdated;
    const directory = answeringService(answers, rest);
    prepare(directory);
    const { stderr, exitCode } = await docs(directory);
    expect(stderr).toContain('\n   code      CLI_WRITE\n');
    expect(stderr).not.toContain('    at ');
    expect(exitCode).toBe(1);
    const { 'config/production.env': kept } = rest;
    expect(readFileSync(path.join(directory, 'config/production.env'), 'utf8')).toBe(kept);
    expect(readdirSync(path.join(directory, 'config'))).toEqual(['production.env', 'staging.env']);
  });
});
