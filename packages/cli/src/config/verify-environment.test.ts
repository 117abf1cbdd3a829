import { describe, expect, it } from 'vitest';

import { database, port, problem, report, token } from '../testing/fixture-reports.ts';
import { answeringService } from '../testing/fixture-service.ts';
import { runCli } from '../testing/run-cli.ts';

const settings = { HTTP_PORT: port, DATABASE_URL: database, HEALTH_TOKEN: token };
const well = report('staging', settings);
const refused = report('staging', settings, [problem]);
const errorText =
  'SettingsError: 1 problem in 3 settings (staging). The configuration was refused.\n\n1. as the service says it\n';
const verify = (directory: string, ...options: string[]) =>
  runCli(['config', 'verify', 'staging', ...options], { directory });

describe('seaworthy config verify', () => {
  it('counts the settings where nothing is wrong', async () => {
    const directory = answeringService({ 'verify staging': { stdout: well } });
    expect(await verify(directory)).toEqual({
      exitCode: 0,
      stdout: 'staging: 3 settings, 1 stated, 1 from the environment at start\n',
      stderr: '',
    });
  });

  it('shows every problem once, and a warning of the service beside them', async () => {
    const stderr = `a warning\n${errorText}`;
    const directory = answeringService({ 'verify staging': { stdout: refused, stderr, exit: 78 } });
    expect(await verify(directory)).toEqual({
      exitCode: 78,
      stdout: `SettingsError: 1 problem in 3 settings (staging). The configuration was refused.

1. HTTP_REQUEST_TIMEOUT  (httpServer.requestTimeoutMs)  CFG_INVALID
   got       "5"  from file config/staging.env:9
   expected  a duration from 1s to 5m, with its unit, such as 30s
   why       it has no unit, so 5ms and 5s cannot be told apart
   fix       HTTP_REQUEST_TIMEOUT=5s
   retry     no: the same value fails again. Change it, then start again.
   owner     team-orders
`,
      stderr: 'a warning\n',
    });
  });

  it('prints the report as JSON, with the same exit code', async () => {
    const directory = answeringService({ 'verify staging': { stdout: refused, stderr: errorText, exit: 78 } });
    const { stdout, stderr, exitCode } = await verify(directory, '--json');
    expect([JSON.parse(stdout), stderr, exitCode]).toEqual([refused, '', 78]);
  });

  it('believes a report of problems more than exit 0', async () => {
    const directory = answeringService({ 'verify staging': { stdout: refused } });
    expect(await verify(directory)).toMatchObject({ exitCode: 78 });
  });

  it.each([
    ['exit 78 without a problem', { stdout: well, exit: 78 }, 'exit 78 and a report without a problem'],
    ['a report on another environment', { stdout: report('production', settings) }, 'a report on another environment'],
    [
      'a report without settings',
      { stdout: report('staging', {}) },
      'JSON where /settings is missing or of another shape',
    ],
  ])('cannot tell from %s', async (_what, answer, got) => {
    const { stdout, stderr, exitCode } = await verify(answeringService({ 'verify staging': answer }));
    expect(stderr).toContain(`verify staging: ${got}\n`);
    expect(stderr).toContain('\n   code      CLI_ANSWER_INVALID\n');
    expect([stdout, exitCode]).toEqual(['', 2]);
  });
});
