import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import * as defaults from '@seaworthy/defaults';
import { describe, expect, it } from 'vitest';

const repository = path.resolve(import.meta.dirname, '../..');
const python = path.join(repository, 'templates/python-service/.venv/bin/python');

interface Case {
  readonly setting: string;
  readonly raw?: string;
  readonly repeated?: { readonly text: string; readonly times: number };
}

const { settings, cases } = JSON.parse(
  readFileSync(path.join(repository, 'packages/defaults/contract/cases.json'), 'utf8'),
) as { settings: object; cases: Case[] };

function runPython(document: object): unknown {
  const { stdout, stderr, status } = spawnSync(python, [path.join(import.meta.dirname, 'settings_cases.py')], {
    input: JSON.stringify(document),
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  if (status !== 0) throw new Error(`settings_cases.py ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout);
}

describe('the Python loader gives what packages/defaults/contract/cases.json says', () => {
  const texts = cases.map(({ setting, raw, repeated }) => ({
    setting,
    raw: raw ?? repeated?.text.repeat(repeated.times) ?? '',
  }));
  const outcomes = runPython({ settings, cases: texts }) as object[];

  it('in every case', () => {
    expect(outcomes.length).toBe(cases.length);
  });

  it.each(cases.map((each, index) => [each.setting, JSON.stringify(each.raw ?? each.repeated), index] as const))(
    '%s %s',
    (_setting, _shown, index) => {
      const { setting: _name, raw: _raw, repeated: _repeated, ...wanted } = cases[index] as Case;
      expect(outcomes[index]).toEqual(wanted);
    },
  );
});

const shipped = defaults.shippedGroups;
const all = Object.keys(shipped) as (keyof typeof shipped)[];

interface Load {
  readonly what: string;
  readonly env: Record<string, string>;
  readonly files?: Record<string, string>;
  readonly groups?: readonly (keyof typeof shipped)[];
}

/** Whole environments: what both languages say of them must be the same, in the same order. */
const loads: readonly Load[] = [
  { what: 'nothing but the stage', env: { DEPLOY_ENVIRONMENT: 'test' } },
  { what: 'no stage', env: {} },
  { what: 'a stage that is none', env: { DEPLOY_ENVIRONMENT: 'prod' } },
  {
    what: 'the names of others',
    env: { DEPLOY_ENVIRONMENT: 'test', HTTP_PROXY: 'x', NO_PROXY: '*', CACHE_URL: 'redis:' },
  },
  {
    what: 'service links',
    env: { DEPLOY_ENVIRONMENT: 'test', CACHE_TTP: 'tcp://10.0.0.1:6379', HTTP_SERVICE_PORT: '80', CACHE_TL: '5s' },
  },
  {
    what: 'near names',
    env: {
      DEPLOY_ENVIRONMENT: 'test',
      HTTP_PROT: '80',
      LOGLEVEL: 'warn',
      HTTP_KEEPALIVE_TIMEOUT: '5s',
      JOB_ATTEMPTS: '1',
    },
  },
  {
    what: 'a rule within a group',
    env: { DEPLOY_ENVIRONMENT: 'test', HTTP_KEEP_ALIVE_TIMEOUT: '60s', CACHE_SOFT_TTL: '6m' },
  },
  { what: 'a rule across groups', env: { DEPLOY_ENVIRONMENT: 'test', DATABASE_POOL_WAIT_TIMEOUT: '25s' } },
  { what: 'a rule with a product and a number', env: { DEPLOY_ENVIRONMENT: 'test', DATABASE_INSTANCES: '10' } },
  { what: 'a rule with a sum and a platform', env: { DEPLOY_ENVIRONMENT: 'test', HTTP_DRAIN_TIMEOUT: '45s' } },
  {
    what: 'a rule whose other group is not loaded',
    env: { DEPLOY_ENVIRONMENT: 'test', DATABASE_POOL_WAIT_TIMEOUT: '25s' },
    groups: ['postgres'],
  },
  {
    what: 'everything at once',
    env: {
      DEPLOY_ENVIRONMENT: 'test',
      HTTP_PORT: '',
      LOG_LEVEL: 'warning',
      CACHE_TTL: '5',
      HTTP_CLIENT_ATTEMPTS: '3.0',
    },
  },
  {
    what: 'files of staging',
    env: { DEPLOY_ENVIRONMENT: 'staging', HTTP_PORT: '81' },
    files: {
      'production.env': '# Change: a\nLOG_LEVEL=warn\nHTTP_PORT=80\nHTTP_BODY_LIMIT=2MiB\n',
      'staging.env': '# Differs: b\nLOG_LEVEL=debug\n',
    },
  },
  {
    what: 'files with faults',
    env: { DEPLOY_ENVIRONMENT: 'production' },
    files: {
      'production.env':
        'LOG_LEVEL=warn\nLOG_LEVEL=info\nA = 1\nexport B=1\nCOLOUR=red\nHTTP_KEEPALIVE_TIMEOUT=5s\n# C:\\\nHTTP_PORT=80\r\nHTTP_HOST=~\n',
    },
  },
  { what: 'a file that is not there', env: { DEPLOY_ENVIRONMENT: 'production' } },
];

function loadHere({ env, files = {}, groups = all }: Load, folder: string): unknown {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, 'config', name), text);
  const chosen = Object.fromEntries(groups.map((name) => [name, shipped[name]]));
  try {
    const loaded = defaults.loadSettings(chosen, { env, files: defaults.serviceFiles('config'), owner: 'team-a' });
    return defaults.describeSettings(chosen, loaded);
  } catch (error) {
    if (error instanceof defaults.SettingsError) return error.problems;
    throw error;
  }
}

/** Settings that have no effect in Python are not in its groups. */
function inPython(outcome: unknown): unknown {
  if (Array.isArray(outcome)) return outcome;
  const nodeOnly = new Set(
    Object.values(shipped).flatMap(({ settings: declared }) =>
      Object.values<defaults.Setting<unknown>>(declared)
        .filter(({ runtimes }) => runtimes !== undefined && !runtimes.includes('python'))
        .flatMap(({ env }) => env ?? []),
    ),
  );
  const description = outcome as defaults.SettingsDescription;
  const kept = Object.entries(description.settings).filter(([name]) => !nodeOnly.has(name));
  return { ...description, settings: Object.fromEntries(kept) };
}

describe('both loaders say the same of', () => {
  const outcomes = runPython({
    loads: loads.map(({ env, files = {}, groups = all }) => ({ env, files, groups })),
  }) as unknown[];

  it.each(loads.map((load, index) => [load.what, load, index] as const))('%s', (_what, load, index) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'loads-'));
    const before = process.cwd();
    spawnSync('mkdir', [path.join(folder, 'config')]);
    process.chdir(folder);
    const here = inPython(loadHere(load, folder));
    process.chdir(before);
    rmSync(folder, { recursive: true });
    expect(outcomes[index]).toEqual(JSON.parse(JSON.stringify(here)));
  });
});
