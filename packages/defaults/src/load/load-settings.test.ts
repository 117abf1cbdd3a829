import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  defineDefaults,
  describeSettings,
  httpServer,
  loadSettings,
  logging,
  secret,
  serviceFiles,
  SettingsError,
  url,
  type Problem,
} from '../index.ts';

const texts = { owner: 'team-a', reason: 'a reason', expect: 'a result', rollback: 'unset it' };
const own = defineDefaults('service', '', {
  databaseUrl: url({ env: 'DATABASE_URL', protocols: ['sqlite:'], in: { test: 'sqlite:test.db' }, ...texts }),
  token: secret({ env: 'HEALTH_TOKEN', minLength: 16, in: { test: 'only-for-the-tests' }, ...texts }),
});
const groups = { http: httpServer, logging, service: own };
const owner = 'team-orders';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function load(env: Record<string, string>, files: Record<string, string> = {}) {
  for (const [name, contents] of Object.entries(files)) writeFileSync(path.join(folder, name), contents);
  return loadSettings(groups, { env, files: serviceFiles(folder), owner });
}

function problemsOf(...args: Parameters<typeof load>): readonly Problem[] {
  try {
    load(...args);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

const production = { DEPLOY_ENVIRONMENT: 'production', HEALTH_TOKEN: 'a-token-of-16-characters' };

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
    expect(settings.service.databaseUrl.pathname).toBe('staging.db');
    expect(origin.http).toMatchObject({ port: 'environment', requestTimeoutMs: 'default' });
    expect(origin.http.bodyLimitBytes).toBe(`file ${folder}/production.env:2`);
    expect(origin.logging.level).toBe(`file ${folder}/staging.env:2`);
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

  it('may end its lines with CRLF', () => {
    const files = { 'production.env': '# text\r\n\r\nDATABASE_URL=sqlite:x\r\n' };
    expect(load(production, files).settings.service.databaseUrl.pathname).toBe('x');
  });
});

describe('the environment', () => {
  it('is accused only of near names', () => {
    const env = {
      DEPLOY_ENVIRONMENT: 'test',
      HTTP_PRT: '1',
      HTTP_PROXY: 'x',
      HTTPS_PORT: '1',
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
    expect(problemsOf({ ...env, HTTP_PORT: '' })).toMatchObject([{ code: 'CFG_EMPTY' }]);
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

  it('appears in no error, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 6, maxLength: 15, unit: fc.constantFrom('Q', 'Z', 'ß', '"', '\n') }),
        (value) => {
          expect(inspect(problemsOf({ DEPLOY_ENVIRONMENT: 'test', HEALTH_TOKEN: value }))).not.toContain(value);
        },
      ),
    );
  });
});

it('says the whole error in one message', () => {
  const env = { DEPLOY_ENVIRONMENT: 'test', HTTP_REQUEST_TIMEOUT: '5' };
  expect(() => load(env)).toThrowErrorMatchingInlineSnapshot(`
    [SettingsError: 1 problem in 15 settings (test). The service did not start.

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
  [{}, 'CFG_MISSING'],
  [{ DEPLOY_ENVIRONMENT: '' }, 'CFG_EMPTY'],
  [{ DEPLOY_ENVIRONMENT: 'prod', NODE_ENV: 'production' }, 'CFG_INVALID'],
])('refuses a stage that is not named: %j', (env, code) => {
  expect(problemsOf(env)).toMatchObject([{ code, setting: 'deployEnvironment' }]);
});
