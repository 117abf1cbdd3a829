import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { readFacts, runCommand } from './running-service.ts';
import { onCopy } from './service-copy.ts';

const program = path.resolve(import.meta.dirname, '../../packages/cli/bin/seaworthy.js');
const secret = 'marker-secret-value-0000';
const stagingDatabase = 'DATABASE_URL=sqlite:var/staging.db';

/** `seaworthy config` as somebody types it in the folder of a service. */
function seaworthy(words: readonly string[], directory: string, env: NodeJS.ProcessEnv = {}) {
  const { PATH, HOME, LANG } = process.env;
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, 'config', ...words], {
    cwd: directory,
    env: { PATH, HOME, LANG, ...env },
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
}

/** What `seaworthy config` says about a service, whatever it is written in. */
export function configContract(directory: string): void {
  const { commands } = readFacts(directory);
  const test = { DEPLOY_ENVIRONMENT: 'test', HTTP_PORT: '9090', HEALTH_TOKEN: secret };
  const read = (file: string) => readFileSync(path.join(directory, file), 'utf8');

  it('shows the settings with their origin, and no secret', () => {
    const { stdout, stderr, status } = seaworthy(['show'], directory, test);
    expect(stdout).toMatch(/^HTTP_PORT\t9090\tenvironment$/m);
    expect(stdout).toMatch(/^HEALTH_TOKEN\t\[secret\]\tenvironment$/m);
    expect(stdout + stderr).not.toContain(secret);
    expect(status).toBe(0);
    const json = seaworthy(['show', '--json'], directory, test);
    expect(JSON.parse(json.stdout)).toEqual(JSON.parse(runCommand(directory, commands.settings, test).stdout));
  });

  it('shows them from npm run inside another package', () => {
    const elsewhere = path.resolve(import.meta.dirname, '../../packages/create');
    const ofNpm = { npm_config_local_prefix: elsewhere, npm_config_workspace: elsewhere, INIT_CWD: elsewhere };
    expect(seaworthy(['show'], directory, { ...test, ...ofNpm })).toMatchObject({ status: 0, stderr: '' });
  });

  it('shows a refusal unchanged', () => {
    const env = { ...test, HTTP_REQUEST_TIMEOUT: '5' };
    const { stderr } = runCommand(directory, commands.settings, env);
    expect(stderr).toMatch(/^SettingsError: 1 problem /);
    expect(seaworthy(['show'], directory, env)).toEqual({ stdout: '', stderr, status: 78 });
  });

  it.each(['staging', 'production'])('verifies %s', (environment) => {
    const { stdout, stderr, status } = seaworthy(['verify', environment], directory);
    expect(stdout).toMatch(
      new RegExp(`^${environment}: \\d+ settings, [12] stated, 1 from the environment at start\n$`),
    );
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('shows every problem in the words of the service', () => {
    const staging = `# Differs: no\n${stagingDatabase}\nHTTP_REQUEST_TIMEOUT=5\nCOLOUR=red\n`;
    onCopy(directory, { 'config/staging.env': staging }, (folder) => {
      const { stdout, stderr, status } = seaworthy(['verify', 'staging'], folder);
      const own = runCommand(folder, `${readFacts(folder).commands.settings} verify staging`, {});
      expect(stdout.trimEnd()).toBe(own.stderr.trimEnd());
      expect(stdout).toMatch(
        /^SettingsError: \d problems in \d+ settings \(staging\)\. The configuration was refused\.\n\n1\. /,
      );
      expect({ stderr, status }).toEqual({ stderr: '', status: 78 });
    });
  });

  it('compares staging and production', () => {
    const { stdout, stderr, status } = seaworthy(['diff', 'staging', 'production'], directory);
    expect(stdout).toMatch(/^DATABASE_URL\tsqlite:var\/staging\.db\tsqlite:var\/production\.db\t\S.*\n$/);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('finds a difference that nobody explained', () => {
    const staging = `# Differs: no\n${stagingDatabase}\n\nLOG_LEVEL=debug\n`;
    onCopy(directory, { 'config/staging.env': staging }, (folder) => {
      const { stdout, stderr, status } = seaworthy(['diff', 'staging', 'production'], folder);
      expect(stdout).toContain('LOG_LEVEL\tdebug\tinfo\tnothing says why\n');
      expect(stderr).toContain('\n   code      CLI_DIFFERENCE\n   got       LOG_LEVEL\n');
      expect(status).toBe(1);
    });
  });

  it('finds the generated files as they should be', () => {
    const { stdout, stderr, status } = seaworthy(['docs', '--check'], directory);
    const files = ['docs/defaults.md', 'config/production.env', 'config/staging.env'];
    expect({ stdout, stderr, status }).toEqual({
      stdout: files.map((file) => `${file}\tunchanged\n`).join(''),
      stderr: '',
      status: 0,
    });
  });

  it('writes them again, and keeps what is live', () => {
    const live = (read('config/production.env').match(/^# Change: .*\n[A-Z].*\n/gm) ?? []).join('');
    expect(live).toContain('DATABASE_URL=');
    onCopy(directory, { 'docs/defaults.md': 'old\n', 'config/production.env': live }, (folder) => {
      expect(seaworthy(['docs', '--check'], folder).status).toBe(1);
      expect(seaworthy(['docs'], folder)).toMatchObject({ status: 0, stderr: '' });
      for (const file of ['docs/defaults.md', 'config/production.env', 'config/staging.env'])
        expect(readFileSync(path.join(folder, file), 'utf8')).toBe(read(file));
    });
  });
}
