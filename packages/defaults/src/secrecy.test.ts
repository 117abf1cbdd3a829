import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  defineDefaults,
  describeSettings,
  diffEnvironments,
  loadSettings,
  secret,
  serviceFiles,
  SettingsError,
  toEnvFile,
  toJsonSchema,
  toMarkdown,
  toPython,
  url,
  verifySettings,
} from './index.ts';

const marker = 'hunter2marker';
const texts = { owner: 'team-a', reason: 'a reason', expect: 'a result', rollback: 'unset it' };
const service = defineDefaults('service', '', {
  databaseUrl: url({ env: 'DATABASE_URL', protocols: ['postgres:', 'sqlite:'], ...texts }),
  token: secret({ env: 'HEALTH_TOKEN', minLength: 16, ...texts }),
});
const groups = { service };
const facts = { title: 'Settings', service: 'orders-api', owner: 'team-a', runtime: 'node' } as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'secrecy-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Everything that can be printed of a value, stack included. */
function printed(value: unknown): string {
  const error =
    value instanceof Error
      ? [value.message, value.stack, String(value), ...Object.entries(value).map(([, each]: [string, unknown]) => each)]
      : [];
  return [
    inspect(value, { depth: 20, showHidden: true, getters: true }),
    JSON.stringify(value),
    JSON.stringify(error),
    ...Object.getOwnPropertyNames(Object(value)).map((key) => inspect((value as Record<string, unknown>)[key])),
  ].join('\n');
}

/** What loading, or verifying the files, gives: settings or an error. */
function attempt(env: Record<string, string>): unknown {
  try {
    return loadSettings(groups, { env, files: serviceFiles(folder), owner: 'team-a' });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error;
  }
}

/** A secret somewhere inside a value that is well formed, or nearly. */
const around = fc.stringMatching(/^[A-Za-z0-9:/@?#&= %!\\"'\n\0.-]{0,14}$/);
const secrets = fc.tuple(around, around).map(([before, after]) => `${before}${marker}${after}`);
const urls = fc.oneof(
  fc.tuple(around, around).map(([before, after]) => `postgres://app:${before}${marker}${after}@db:5432/orders`),
  fc.tuple(around).map(([after]) => `postgres://db/orders?password=${marker}${after}`),
  fc.constantFrom(
    `app:${marker}@db`,
    `host=db password=${marker}`,
    `postgres://app:${marker}`,
    `mysql://a:${marker}@b/c`,
  ),
);

describe('a secret and a password in a URL', () => {
  it('appear in nothing that is printed, whatever they are', () => {
    fc.assert(
      fc.property(secrets, urls, fc.constantFrom('test', 'staging', 'production'), (token, databaseUrl, stage) => {
        // A value with // and no @ after it is a host to every reader; then the marker is no password.
        fc.pre(!/^postgres:\/\/app:[^@]*\/|^postgres:\/\/[^@/]*\/[^?]*hunter2/.test(databaseUrl));
        const file = path.join(folder, 'token');
        writeFileSync(file, token);
        // A line break would cut the URL before its @, and leave a host.
        const line = databaseUrl.replaceAll('\n', '');
        writeFileSync(path.join(folder, 'production.env'), `DATABASE_URL=${line}\nHEALTH_TOKEN=${token}\n`);
        writeFileSync(path.join(folder, 'staging.env'), `DATABASE_URL=${line}\n`);
        const outputs = [
          attempt({ DEPLOY_ENVIRONMENT: stage, HEALTH_TOKEN: token, DATABASE_URL: databaseUrl }),
          attempt({ DEPLOY_ENVIRONMENT: stage, HEALTH_TOKEN_FILE: file, DATABASE_URL: databaseUrl }),
          attempt({ DEPLOY_ENVIRONMENT: stage, HEALTH_TOKEN_FILE: token, DATABASE_URL_FILE: databaseUrl }),
          attempt({ DEPLOY_ENVIRONMENT: `https://user:${token}@host`, HEALTH_TOKEN: token }),
          attempt({ DEPLOY_ENVIRONMENT: stage }),
          verifySettings(groups, { environment: stage, files: serviceFiles(folder), owner: 'team-a' }),
        ];
        for (const output of outputs) expect(printed(output)).not.toContain(marker);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('are hidden in settings that are well, in template strings, and in every document', () => {
    const databaseUrl = `postgres://app:${marker}@db:5432/orders?sslpassword=${marker}`;
    const staging = `# Differs: its own\nDATABASE_URL=${databaseUrl.replace('db:', 'staging:')}\n`;
    writeFileSync(
      path.join(folder, 'production.env'),
      `# Change: ${folder}/production.env\nDATABASE_URL=${databaseUrl}\n`,
    );
    writeFileSync(path.join(folder, 'staging.env'), staging);
    const env = { DEPLOY_ENVIRONMENT: 'production', HEALTH_TOKEN: `a long ${marker} token` };
    const loaded = loadSettings(groups, { env, files: serviceFiles(folder), owner: 'team-a' });
    const { settings } = loaded;
    expect(settings.service.token.reveal()).toContain(marker);
    expect(settings.service.databaseUrl.reveal()).toBe(databaseUrl);
    const report = (environment: 'staging' | 'production') =>
      verifySettings(groups, { environment, files: serviceFiles(folder), owner: 'team-a' });
    const outputs = [
      loaded,
      `${String(settings.service.token)} ${String(settings.service.databaseUrl)}`,
      describeSettings(groups, loaded),
      report('staging'),
      diffEnvironments(report('staging'), report('production')),
      toMarkdown(groups, facts),
      toJsonSchema(groups, facts),
      toPython(service, [service]),
      toEnvFile(groups, facts),
    ];
    for (const output of outputs) expect(printed(output)).not.toContain(marker);
    expect(diffEnvironments(report('staging'), report('production'))).toEqual([
      {
        name: 'DATABASE_URL',
        setting: 'service.databaseUrl',
        values: ['postgres://***:***@staging:5432/orders?***', 'postgres://***:***@db:5432/orders?***'],
        why: 'its own',
      },
    ]);
  });
});
