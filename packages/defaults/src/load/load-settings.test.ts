import { writeFileSync } from 'node:fs';
import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { defineDefaults, describeSettings, duration, loadSettings } from '../index.ts';
import { groups, owner, production, texts, useServiceFolder } from '../testing/service-folder.ts';

const { load, problemsOf, file } = useServiceFolder();

describe('sources', () => {
  it('are the default, production, staging and the environment, and the later wins', () => {
    const files = {
      'production.env': 'HTTP_PORT=1\nHTTP_BODY_LIMIT=2MiB\nLOG_LEVEL=warn\nDATABASE_URL=sqlite:production.db\n',
      'staging.env': '# why\nLOG_LEVEL=debug\nDATABASE_URL=sqlite:staging.db\n',
    };
    const env = { ...production, DEPLOY_ENVIRONMENT: 'staging', HTTP_PORT: '3' };
    const { settings, origin, environment } = load(env, files);
    expect(environment).toBe('staging');
    expect(settings.http).toMatchObject({ port: 3, bodyLimitBytes: 2_097_152, requestTimeoutMs: 30_000 });
    expect(settings.service.databaseUrl.reveal()).toBe('sqlite:staging.db');
    expect(origin.http).toMatchObject({ port: 'environment', requestTimeoutMs: 'default' });
    expect(origin.http.bodyLimitBytes).toBe(`file ${file('production.env')}:2`);
    expect(origin.logging.level).toBe(`file ${file('staging.env')}:2`);
  });

  it('name a default that only this stage has', () => {
    expect(load({ DEPLOY_ENVIRONMENT: 'test' }).origin.http).toMatchObject({ host: 'default (test)', port: 'default' });
  });

  it('of a URL are never inherited from production', () => {
    const files = { 'production.env': 'DATABASE_URL=sqlite:production.db\n', 'staging.env': '' };
    expect(problemsOf({ ...production, DEPLOY_ENVIRONMENT: 'staging' }, files)).toMatchObject([
      { code: 'CFG_MISSING', name: 'DATABASE_URL' },
    ]);
  });

  it('are left unchanged, and the result is frozen', () => {
    const env = Object.freeze({ DEPLOY_ENVIRONMENT: 'test' });
    const { settings } = load(env);
    expect(Object.isFrozen(settings) && Object.isFrozen(settings.http)).toBe(true);
    const { databaseUrl, token } = settings.service;
    expect(Object.isFrozen(databaseUrl) && Object.isFrozen(token)).toBe(true);
    databaseUrl.toURL().pathname = 'other.db';
    expect(databaseUrl.reveal()).toBe('sqlite:test.db');
  });

  it('of staging may not be what production has, unless the line says why', () => {
    const files = { 'production.env': 'DATABASE_URL=sqlite:one.db\n', 'staging.env': 'DATABASE_URL=sqlite:one.db\n' };
    const env = { ...production, DEPLOY_ENVIRONMENT: 'staging' };
    expect(problemsOf(env, files)).toMatchObject([
      { code: 'CFG_SHARED', name: 'DATABASE_URL', from: `file ${file('staging.env')}:1` },
    ]);
    expect(problemsOf({ ...env, DATABASE_URL: 'sqlite:one.db' }, files)).toMatchObject([
      { code: 'CFG_SHARED', from: 'environment' },
    ]);
    writeFileSync(file('address'), 'sqlite:one.db\n');
    const named = { ...files, 'staging.env': `DATABASE_URL_FILE=${file('address')}\n` };
    expect(problemsOf(env, named)).toMatchObject([{ code: 'CFG_SHARED' }]);
    const shared = { ...files, 'staging.env': '# Shared: one file for both\nDATABASE_URL=sqlite:one.db\n' };
    expect(load(env, shared).settings.service.databaseUrl.reveal()).toBe('sqlite:one.db');
  });
});

describe('a file', () => {
  it.each([
    ['A = 1', 'a line that is not shown'],
    ['LOG_LEVEL=info # note', 'a line that is not shown'],
    ['LOG_LEVEL="info"', 'a line that is not shown'],
    ['export LOG_LEVEL=info', 'a line that is not shown'],
    ['LOG_LEVEL=info\nLOG_LEVEL=warn', 'LOG_LEVEL a second time'],
  ])('with %j is refused, and the line is not repeated', (text, got) => {
    const problems = problemsOf(production, { 'production.env': `DATABASE_URL=sqlite:x\n${text}\n` });
    expect(problems).toMatchObject([{ code: 'CFG_FILE', got }]);
    expect(problems[0]?.name).toMatch(/production\.env:[23]$/);
  });

  it('that is missing is a problem of its own', () => {
    expect(problemsOf({ ...production, DATABASE_URL: 'sqlite:x' })).toMatchObject([
      { code: 'CFG_FILE', got: 'no readable file' },
    ]);
  });

  it('with an unknown name is refused with the near one', () => {
    const files = { 'production.env': 'DATABASE_URL=sqlite:x\nHTTP_KEEPALIVE_TIMEOUT=5s\nCOLOUR=red\n' };
    expect(problemsOf(production, files)).toMatchObject([
      { code: 'CFG_UNKNOWN', why: 'did you mean HTTP_KEEP_ALIVE_TIMEOUT?' },
      { code: 'CFG_UNKNOWN', why: 'nothing reads it', fix: 'remove it' },
    ]);
  });

  it('with CRLF line ends is refused: bash would keep the CR in the value', () => {
    const files = { 'production.env': '# text\r\nDATABASE_URL=sqlite:x\r\n' };
    expect(problemsOf(production, files).map(({ code }) => code)).toEqual(['CFG_FILE', 'CFG_MISSING']);
  });

  it('with a comment that systemd would join to the next line is refused', () => {
    const files = { 'production.env': 'DATABASE_URL=sqlite:x\n# C:\\\nLOG_LEVEL=warn\n' };
    expect(problemsOf(production, files)).toMatchObject([{ got: 'a comment that ends with a backslash' }]);
  });

  it.each(['\u{FEFF}DATABASE_URL=sqlite:x', 'DATABASE_URL=~/x', 'DATABASE_URL=sqlite:x&y', "DATABASE_URL='x'"])(
    'with %j is refused',
    (text) => {
      expect(problemsOf(production, { 'production.env': `${text}\n` })[0]).toMatchObject({ code: 'CFG_FILE' });
    },
  );

  it('that is no UTF-8 is not read', () => {
    writeFileSync(file('production.env'), Buffer.from([0x4c, 0x3d, 0xff, 0x0a]));
    expect(problemsOf({ ...production, DATABASE_URL: 'sqlite:x' })).toMatchObject([{ got: 'no readable file' }]);
  });
});

describe('the environment', () => {
  it('is accused only of near names', () => {
    const env = {
      DEPLOY_ENVIRONMENT: 'test',
      HTTP_PRT: '1',
      HTTP_PROXY: 'x',
      HTTPS_PORT: '1',
      HTTP_PORT: 'tcp://10.0.0.1:80',
      HTTP_POST: 'tcp://10.0.0.1:80',
      PORT: '1',
    };
    expect(problemsOf(env).map(({ name }) => name)).toEqual(['HTTP_PRT']);
  });
});

describe('a rule', () => {
  it('names both settings, and waits until each is valid alone', () => {
    const env = { DEPLOY_ENVIRONMENT: 'test', HTTP_KEEP_ALIVE_TIMEOUT: '60s', HTTP_HEADERS_TIMEOUT: '31s' };
    expect(problemsOf(env)).toMatchObject([
      {
        code: 'CFG_RULE',
        name: 'HTTP_KEEP_ALIVE_TIMEOUT + HTTP_BALANCER_IDLE_TIMEOUT',
        got: '1m and 1m',
        from: 'environment and default',
      },
      { code: 'CFG_RULE', name: 'HTTP_HEADERS_TIMEOUT + HTTP_REQUEST_TIMEOUT' },
    ]);
    const codes = (more: object) => problemsOf({ ...env, ...more }).map(({ code }) => code);
    expect(codes({ HTTP_PORT: '' })).toEqual(['CFG_EMPTY', 'CFG_RULE', 'CFG_RULE']);
    expect(codes({ HTTP_KEEP_ALIVE_TIMEOUT: '' })).toEqual(['CFG_EMPTY', 'CFG_RULE']);
  });
});

describe('a secret', () => {
  it('appears nowhere', () => {
    const marker = 'marker-of-a-secret-0000';
    const loaded = load({ DEPLOY_ENVIRONMENT: 'test', HEALTH_TOKEN: marker });
    const { token } = loaded.settings.service;
    const outputs = [
      inspect(loaded, { depth: 9, showHidden: true }),
      JSON.stringify(loaded),
      String(token),
      JSON.stringify(describeSettings(groups, loaded)),
    ];
    expect(outputs.filter((output) => output.includes(marker))).toEqual([]);
    expect(token.reveal()).toBe(marker);
  });
});

describe('a deprecated setting', () => {
  it('still counts where it is stated, and is told once', async () => {
    const group = defineDefaults('old', '', {
      waitMs: duration({
        env: 'OLD_WAIT',
        default: '1s',
        min: '1s',
        max: '9s',
        deprecated: { since: '2.0.0', replacement: 'NEW_WAIT', reason: 'it counted connects too' },
        ...texts,
      }),
      newWaitMs: duration({ env: 'NEW_WAIT', default: '1s', min: '1s', max: '9s', ...texts }),
    });
    const warnings: Error[] = [];
    const keep = (warning: Error) => void warnings.push(warning);
    process.on('warning', keep);
    const start = (env: object) =>
      loadSettings({ group }, { env: { DEPLOY_ENVIRONMENT: 'test', ...env }, owner }).settings.group.waitMs;
    expect([start({}), start({ OLD_WAIT: '2s' }), start({ OLD_WAIT: '3s' })]).toEqual([1_000, 2_000, 3_000]);
    await new Promise(setImmediate);
    process.off('warning', keep);
    expect(warnings.map(({ message }) => message)).toEqual([
      'OLD_WAIT is deprecated since 2.0.0: it counted connects too. Set NEW_WAIT instead.',
    ]);
    expect(warnings[0]).toMatchObject({ name: 'SettingsWarning', code: 'CFG_DEPRECATED' });
  });
});

it('says the whole error in one message', () => {
  const env = { DEPLOY_ENVIRONMENT: 'test', HTTP_REQUEST_TIMEOUT: '5' };
  expect(() => load(env)).toThrowErrorMatchingInlineSnapshot(`
    [SettingsError: 1 problem in 21 settings (test). The service did not start.

    1. HTTP_REQUEST_TIMEOUT  (httpServer.requestTimeoutMs)  CFG_INVALID
       got       "5"  from environment
       expected  a duration from 1s to 5m, with its unit, such as 30s
       why       it has no unit, so 5ms and 5s cannot be told apart
       fix       HTTP_REQUEST_TIMEOUT=5s
       retry     no: the same value fails again. Change it, then start again.
       owner     team-orders
    ]
  `);
});

it.each([
  [{}, 'CFG_MISSING', 'set DEPLOY_ENVIRONMENT to where this runs'],
  [{ DEPLOY_ENVIRONMENT: '' }, 'CFG_EMPTY', 'set DEPLOY_ENVIRONMENT to where this runs'],
  [{ DEPLOY_ENVIRONMENT: 'live', NODE_ENV: 'production' }, 'CFG_INVALID', 'set DEPLOY_ENVIRONMENT to where this runs'],
  [{ DEPLOY_ENVIRONMENT: 'prod' }, 'CFG_INVALID', 'DEPLOY_ENVIRONMENT=production'],
  [{ DEPLOY_ENVIROMENT: 'production' }, 'CFG_MISSING', 'rename DEPLOY_ENVIROMENT to DEPLOY_ENVIRONMENT'],
])('refuses a stage that is not named, and proposes none: %j', (env, code, fix) => {
  expect(problemsOf(env)).toMatchObject([{ code, setting: 'deployEnvironment', fix }]);
});

it('without a stage still says what is wrong with the environment', () => {
  expect(
    problemsOf({ HTTP_PORT: 'x', HTTP_HOST: '', HTTP_PRT: '1' }).map(({ code, name }) => `${code} ${name}`),
  ).toEqual(['CFG_MISSING DEPLOY_ENVIRONMENT', 'CFG_UNKNOWN HTTP_PRT', 'CFG_EMPTY HTTP_HOST', 'CFG_INVALID HTTP_PORT']);
});

it('names the owner of the setting, and the service where the setting is a shipped one', () => {
  const env = { DEPLOY_ENVIRONMENT: 'test', HTTP_PORT: 'x', HEALTH_TOKEN: 'short' };
  expect(problemsOf(env).map(({ name, owner: answers }) => [name, answers])).toEqual([
    ['HTTP_PORT', 'team-orders'],
    ['HEALTH_TOKEN', 'team-a'],
  ]);
});
