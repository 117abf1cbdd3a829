import { describe, expect, it } from 'vitest';

import { database, port, report } from '../testing/fixture-reports.ts';
import { answeringService, programService } from '../testing/fixture-service.ts';
import { runCli } from '../testing/run-cli.ts';

const { problems: _, ...description } = report('staging', { HTTP_PORT: port, DATABASE_URL: database });
const refusal = 'SettingsError: 1 problem in 3 settings (staging). The service did not start.\n\n1. HTTP_PORT\n';

describe('seaworthy config show', () => {
  it('prints a line for each setting', async () => {
    const directory = answeringService({ '': { stdout: description, stderr: 'a warning\n' } });
    expect(await runCli(['config', 'show'], { directory })).toEqual({
      exitCode: 0,
      stdout: `HTTP_PORT\t8080\tdefault\t
DATABASE_URL\tsqlite:var/staging.db\tfile config/staging.env:4\tstaging keeps orders of its own
`,
      stderr: 'a warning\n',
    });
  });

  it('prints the JSON of the service', async () => {
    const directory = answeringService({ '': { stdout: description } });
    const { stdout, exitCode } = await runCli(['config', 'show', '--json'], { directory });
    expect([JSON.parse(stdout), exitCode]).toEqual([description, 0]);
    expect(stdout).toContain('\n  "settings": {\n');
  });

  it.each([[[]], [['--json']]])('shows the refusal of the service unchanged, with %j', async (options) => {
    const directory = answeringService({ '': { stderr: refusal, exit: 78 } });
    const answer = await runCli(['config', 'show', ...options], { directory });
    expect(answer).toEqual({ exitCode: 78, stdout: '', stderr: refusal });
  });

  it('says so where the service refuses without a word', async () => {
    const directory = answeringService({ '': { exit: 78 } });
    const { stdout, stderr, exitCode } = await runCli(['config', 'show'], { directory });
    expect(stderr).toContain('\n   code      CLI_SETTINGS_REFUSED\n');
    expect([stdout, exitCode]).toEqual(['', 78]);
  });

  it('gives the command the environment as it is, and none of what npm tells its children', async () => {
    const program = `
      const names = Object.keys(process.env).filter((name) => /^(npm_|INIT_CWD$|SHOWN|NPM_CONFIG_X)/.test(name));
      const settings = Object.fromEntries(names.map((name) => [name.toUpperCase(), { setting: '', origin: '', value: name }]));
      console.log(JSON.stringify({ environment: 'test', settings }));`;
    const env = {
      npm_config_local_prefix: '/',
      npm_config_workspace: 'x',
      INIT_CWD: '/',
      NPM_CONFIG_X: '1',
      SHOWN: 'v',
    };
    const { stdout } = await runCli(['config', 'show', '--json'], { directory: programService(program), env });
    expect(Object.keys((JSON.parse(stdout) as typeof description).settings).toSorted()).toEqual([
      'NPM_CONFIG_X',
      'SHOWN',
    ]);
  });

  it('prints no character that steers a terminal', async () => {
    const value = '\u001B[2J\u009B1m\nFAKE\t\u202Ex';
    const settings = { HTTP_HOST: { ...port, value } };
    const directory = answeringService({ '': { stdout: { environment: 'test', settings } } });
    const { stdout } = await runCli(['config', 'show'], { directory });
    expect(stdout).toBe('HTTP_HOST\t\\u001b[2J\\u009b1m\\u000aFAKE\\u0009\\u202ex\tdefault\n');
  });

  it('finds the service by --directory', async () => {
    const directory = answeringService({ '': { stdout: description } });
    expect(await runCli(['config', 'show', '--directory', directory], { directory: '/' })).toMatchObject({
      exitCode: 0,
    });
  });
});
