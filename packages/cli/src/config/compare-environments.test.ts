import { describe, expect, it } from 'vitest';

import { database, port, problem, report, token, undocumented } from '../testing/fixture-reports.ts';
import { answeringService, type FixtureAnswer } from '../testing/fixture-service.ts';
import { runCli } from '../testing/run-cli.ts';

const settings = { HTTP_PORT: port, DATABASE_URL: database, HEALTH_TOKEN: token };
const ofProduction = { ...settings, DATABASE_URL: { ...database, value: 'sqlite:var/production.db' } };
const { why: _, ...unexplained } = ofProduction.DATABASE_URL;
const production = { stdout: report('production', ofProduction) };

function diff(staging: FixtureAnswer, other: FixtureAnswer = production, ...options: string[]) {
  const directory = answeringService({ 'verify staging': staging, 'verify production': other });
  return runCli(['config', 'diff', 'staging', 'production', ...options], { directory });
}

describe('seaworthy config diff', () => {
  it('shows both values of every difference and its reason', async () => {
    expect(await diff({ stdout: report('staging', settings) })).toEqual({
      exitCode: 0,
      stdout: 'DATABASE_URL\tsqlite:var/staging.db\tsqlite:var/production.db\tstaging keeps orders of its own\n',
      stderr: '',
    });
  });

  it('says so where there is none', async () => {
    const same = await diff({ stdout: report('staging', ofProduction) });
    expect(same).toEqual({ exitCode: 0, stdout: 'staging and production: the same 3 settings\n', stderr: '' });
  });

  it('finds a difference without a reason', async () => {
    const file = { ...settings, DATABASE_URL: { ...unexplained, value: 'sqlite:var/other.db' } };
    const staging = { stdout: report('staging', file, [undocumented]), stderr: 'SettingsError: 1 problem\n', exit: 78 };
    const other = { stdout: report('production', { ...ofProduction, DATABASE_URL: unexplained }) };
    const { stdout, stderr, exitCode } = await diff(staging, other);
    expect(stdout).toBe('DATABASE_URL\tsqlite:var/other.db\tsqlite:var/production.db\tnothing says why\n');
    expect(stderr).toMatch(/^CommandError: the environments differ, and nothing says why\./);
    expect(stderr).toContain('\n   code      CLI_DIFFERENCE\n   got       DATABASE_URL\n');
    expect(exitCode).toBe(1);
    const { stdout: json, exitCode: again } = await diff(staging, other, '--json');
    const values = ['sqlite:var/other.db', 'sqlite:var/production.db'];
    expect([JSON.parse(json), again]).toEqual([
      {
        environments: ['staging', 'production'],
        differences: [{ name: 'DATABASE_URL', setting: 'service.databaseUrl', values }],
      },
      1,
    ]);
  });

  it('compares no value that a service refuses', async () => {
    const staging = { stdout: report('staging', settings, [problem]), stderr: 'SettingsError: 1 problem\n', exit: 78 };
    const { stderr, exitCode } = await diff(staging);
    expect(stderr).toContain('\n   code      CLI_SETTINGS_REFUSED\n   got       problems in staging:');
    expect(stderr).toContain('\n   fix       seaworthy config verify staging\n');
    expect(exitCode).toBe(78);
  });

  it('cannot tell where one of the two fails', async () => {
    const { stdout, stderr, exitCode } = await diff({ stderr: 'Traceback\n', exit: 1 });
    expect(stderr).toMatch(/^Traceback\nCommandError: the settings command failed/);
    expect([stdout, exitCode]).toEqual(['', 2]);
  });
});
