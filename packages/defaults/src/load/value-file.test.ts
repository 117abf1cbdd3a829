import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { production, useServiceFolder } from '../testing/service-folder.ts';

const { load, problemsOf, file } = useServiceFolder();

describe('NAME_FILE', () => {
  const token = () => file('token');
  const env = () => ({ DEPLOY_ENVIRONMENT: 'test', HEALTH_TOKEN_FILE: token() });

  it('names a file that holds the value, with or without one line break at its end', () => {
    for (const end of ['', '\n', '\r\n']) {
      writeFileSync(token(), `a-token-of-16-characters${end}`);
      const { settings, origin } = load(env());
      expect(settings.service.token.reveal()).toBe('a-token-of-16-characters');
      expect(origin.service.token).toBe(`file ${token()} (HEALTH_TOKEN_FILE)`);
    }
  });

  it('may stand in the file of the stage, and is not inherited either', () => {
    writeFileSync(token(), 'sqlite:from-file.db\n');
    const line = `DATABASE_URL_FILE=${token()}\n`;
    expect(load(production, { 'production.env': line }).settings.service.databaseUrl.reveal()).toBe(
      'sqlite:from-file.db',
    );
    const staging = { ...production, DEPLOY_ENVIRONMENT: 'staging' };
    expect(problemsOf(staging, { 'production.env': line, 'staging.env': '' })).toMatchObject([{ code: 'CFG_MISSING' }]);
  });

  it('that is not there may be tried again, and the error says so', () => {
    const [problem] = problemsOf(env());
    expect(problem).toMatchObject({ code: 'CFG_SOURCE', name: 'HEALTH_TOKEN_FILE', retryable: true });
    expect(() => load(env())).toThrow(/retry {5}yes: a secret store may write it a little later/);
  });

  it.each([
    ['a folder', () => mkdirSync(token())],
    ['no UTF-8', () => writeFileSync(token(), Buffer.from([0xff, 0xfe]))],
    ['larger than 64KiB', () => writeFileSync(token(), 'x'.repeat(70_000))],
    ['a pipe', () => execFileSync('mkfifo', [token()])],
  ])('that is %s is refused for good', (_what, make) => {
    make();
    expect(problemsOf(env())).toMatchObject([{ code: 'CFG_SOURCE', retryable: false }]);
  });

  it.each([
    'a-secret-by-mistake-0000',
    '/AbC123+secret',
    'postgres://app:hunter2@db/orders',
    '/no/such/folder/hunter2',
  ])('is not printed where it is no path: %s', (value) => {
    const problems = problemsOf({ DEPLOY_ENVIRONMENT: 'test', HEALTH_TOKEN_FILE: value });
    expect(problems).toMatchObject([{ code: 'CFG_SOURCE', got: 'a path that is not shown: no such folder' }]);
    expect(JSON.stringify(problems)).not.toContain(value);
  });

  it('beside NAME is refused, and so is an empty path or an empty file', () => {
    expect(problemsOf({ ...env(), HEALTH_TOKEN: 'a-token-of-16-characters' })).toMatchObject([
      { code: 'CFG_TWICE', got: 'HEALTH_TOKEN and HEALTH_TOKEN_FILE' },
    ]);
    expect(problemsOf({ ...env(), HEALTH_TOKEN_FILE: '' })).toMatchObject([
      { code: 'CFG_EMPTY', name: 'HEALTH_TOKEN_FILE' },
    ]);
    writeFileSync(token(), '\n');
    expect(problemsOf(env())).toMatchObject([{ code: 'CFG_EMPTY', name: 'HEALTH_TOKEN' }]);
  });

  it('is known where it belongs, and nowhere else', () => {
    expect(
      problemsOf({ ...env(), HEALTH_TOKEN_FILE: undefined as unknown as string, HEALTH_TOKEN_FIEL: 'x' }),
    ).toMatchObject([{ code: 'CFG_UNKNOWN', why: 'did you mean HEALTH_TOKEN_FILE?' }]);
    const files = { 'production.env': 'DATABASE_URL=sqlite:x\nLOG_LEVEL_FILE=/x\n' };
    expect(problemsOf(production, files)).toMatchObject([{ code: 'CFG_UNKNOWN', name: 'LOG_LEVEL_FILE' }]);
  });
});
