import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { runCommand } from './running-service.ts';
import { onCopy, settingsLine } from './service-copy.ts';

const secret = 'marker-secret-value-0000';

interface Problem {
  readonly code: string;
  readonly name: string;
}

export function verifyContract(directory: string): void {
  const line = settingsLine(directory);
  const present = (name: string) => readFileSync(path.join(directory, 'config', name), 'utf8');

  /** Runs the settings command in a copy of the service; a text that begins with + is added to the file. */
  function run(files: Record<string, string>, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const changes = Object.entries(files).map(([name, text]) => [
      `config/${name}`,
      text.startsWith('+') ? present(name) + text.slice(1) : text,
    ]);
    return onCopy(directory, Object.fromEntries(changes) as Record<string, string>, (folder) =>
      runCommand(folder, `${line} ${args.join(' ')}`, env),
    );
  }

  it('finds nothing in the files as they are, and takes no value from this environment', () => {
    for (const environment of ['staging', 'production']) {
      const env = { HTTP_PORT: 'nonsense', DEPLOY_ENVIRONMENT: 'test', HEALTH_TOKEN: secret };
      const { stdout, stderr, status } = run({}, ['verify', environment], env);
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
      expect(stdout).not.toContain(secret);
      expect(JSON.parse(stdout)).toMatchObject({
        environment,
        problems: [],
        settings: {
          DATABASE_URL: {
            value: `sqlite:var/${environment}.db`,
            origin: expect.stringMatching(/^file config\//) as string,
          },
          HEALTH_TOKEN: { value: 'unknown', origin: 'from the environment at start' },
          HTTP_PORT: { value: '8080', origin: 'default' },
        },
      });
    }
  });

  const change = '# Change: docs/changes/0001-first-release.md\n';
  it.each([
    ['an unknown name', 'production', { 'production.env': `+${change}COLOUR=red\n` }, ['CFG_UNKNOWN COLOUR']],
    [
      'a live line without a record',
      'production',
      { 'production.env': '+LOG_LEVEL=warn\n' },
      ['CFG_UNDOCUMENTED LOG_LEVEL'],
    ],
    [
      'a record that is not there',
      'production',
      { 'production.env': '+# Change: docs/changes/0009-gone.md\nLOG_LEVEL=warn\n' },
      ['CFG_UNDOCUMENTED LOG_LEVEL'],
    ],
    [
      'a value its kind refuses',
      'production',
      { 'production.env': `+${change}HTTP_REQUEST_TIMEOUT=5\n` },
      ['CFG_INVALID HTTP_REQUEST_TIMEOUT'],
    ],
    [
      'values that do not fit',
      'production',
      { 'production.env': `+${change}HTTP_KEEP_ALIVE_TIMEOUT=60s\n` },
      ['CFG_RULE HTTP_KEEP_ALIVE_TIMEOUT + HTTP_BALANCER_IDLE_TIMEOUT'],
    ],
    [
      'a difference nobody explains',
      'staging',
      { 'staging.env': '+LOG_LEVEL=debug\n' },
      ['CFG_UNDOCUMENTED LOG_LEVEL'],
    ],
    [
      'the database of production',
      'staging',
      { 'staging.env': '# Differs: no\nDATABASE_URL=sqlite:var/production.db\n' },
      ['CFG_SHARED DATABASE_URL'],
    ],
    [
      'a secret in the file of production, shared',
      'staging',
      {
        'production.env': `+${change}HEALTH_TOKEN=${secret}\n`,
        'staging.env': `+# Differs: no\nHEALTH_TOKEN=${secret}\n`,
      },
      ['CFG_SHARED HEALTH_TOKEN', 'CFG_EXPOSED HEALTH_TOKEN', 'CFG_EXPOSED HEALTH_TOKEN'],
    ],
    [
      'a variable and its file',
      'staging',
      { 'staging.env': '+# Differs: no\nHEALTH_TOKEN=abc\n# Differs: no\nHEALTH_TOKEN_FILE=/nowhere\n' },
      ['CFG_TWICE HEALTH_TOKEN', 'CFG_EXPOSED HEALTH_TOKEN'],
    ],
    [
      'a record that is a folder',
      'production',
      { 'production.env': '+# Change: docs\nLOG_LEVEL=warn\n' },
      ['CFG_UNDOCUMENTED LOG_LEVEL'],
    ],
  ])('finds %s', (_what, environment, files, wanted) => {
    const { stdout, stderr, status } = run(files, ['verify', environment]);
    const { problems } = JSON.parse(stdout) as { problems: Problem[] };
    expect(problems.map(({ code, name }) => `${code} ${name}`)).toEqual(wanted);
    expect(status).toBe(78);
    expect(stderr).toMatch(
      new RegExp(
        `^SettingsError: ${wanted.length} problems? in \\d+ settings \\(${environment}\\)\\. The configuration was refused\\.\n`,
      ),
    );
    expect(stdout + stderr).not.toContain(secret);
  });

  it('lets staging share what a line explains', () => {
    const files = { 'staging.env': '# Shared: a copy that nobody writes\nDATABASE_URL=sqlite:var/production.db\n' };
    const { stdout, status } = run(files, ['verify', 'staging']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      settings: { DATABASE_URL: { why: 'a copy that nobody writes' } },
    });
  });

  it('leaves to the host what only the host has', () => {
    const files = { 'staging.env': '+# Differs: a store of its own\nHEALTH_TOKEN_FILE=/run/secrets/none/token\n' };
    const { stdout, status } = run(files, ['verify', 'staging']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      settings: { HEALTH_TOKEN: { value: 'unknown', origin: 'from a file at start' } },
    });
  });

  it('does not inherit an address', () => {
    const { stdout, status } = run({ 'staging.env': '' }, ['verify', 'staging']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ settings: { DATABASE_URL: { value: 'unknown' } } });
  });

  it.each([
    [['verify']],
    [['verify', 'prod']],
    [['verify', 'staging', 'production']],
    [['nonsense']],
    [['env', 'test']],
  ])('refuses %j with exit 64', (args) => {
    const { stdout, stderr, status } = run({}, args);
    expect({ stdout, status }).toEqual({ stdout: '', status: 64 });
    expect(stderr).toMatch(/^settings: expected .+\n$/);
  });

  it('writes its files again without touching a value', () => {
    const live = `${change}LOG_LEVEL=any-value\n`;
    const { stdout, status } = run({ 'production.env': `+${live}` }, ['env', 'production']);
    expect(status).toBe(0);
    expect(stdout).toContain(`\n${live}`);
    expect(run({ 'production.env': stdout }, ['env']).stdout).toBe(stdout);
    expect(run({ 'production.env': '+LOG_LVL=warn\n' }, ['env']).status).toBe(78);
  });

  it('refuses to be written into the file it reads, and writes a first one', () => {
    onCopy(directory, {}, (folder) => {
      rmSync(path.join(folder, 'config/production.env'));
      const shell = (command: string) => runCommand(folder, `sh -c '${command}'`, {});
      expect(shell(`${line} env > first.env`).status).toBe(0);
      expect(readFileSync(path.join(folder, 'first.env'), 'utf8')).toContain('\n# LOG_LEVEL=info\n');
      const { stderr, status } = shell(`${line} env > config/production.env`);
      expect(status).toBe(64);
      expect(stderr).toMatch(/^settings: production\.env was emptied before it could be read: restore it/);
    });
  });
}
