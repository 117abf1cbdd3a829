import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { allSettings, envSettings } from '../declare/group.ts';
import { parseEnvFile } from '../load/env-file.ts';
import {
  count,
  defineDefaults,
  httpServer,
  schema,
  secret,
  SettingsError,
  shippedGroups,
  toEnvFile,
  toJsonSchema,
  toMarkdown,
  toPython,
  url,
} from '../index.ts';

const texts = { owner: 'team-a', reason: 'a reason', expect: 'a result', rollback: 'unset it' };
const shipped = Object.values(shippedGroups);
const own = defineDefaults('service', '', {
  databaseUrl: url({ env: 'DATABASE_URL', protocols: ['sqlite:'], ...texts }),
  token: secret({ env: 'HEALTH_TOKEN', minLength: 16, ...texts }),
  oldPort: count({
    env: 'OLD_PORT',
    default: 1,
    min: 1,
    max: 9,
    since: '1.0.0',
    deprecated: { since: '2.0.0', replacement: 'HTTP_PORT', reason: 'one port is enough' },
    ...texts,
  }),
});
const groups = { ...shippedGroups, service: own };
const facts = { title: 'Settings', owner: 'team-orders' };

describe('toMarkdown', () => {
  const page = toMarkdown(groups, facts);

  it('has a row of eight cells for each setting, platform settings included', () => {
    const rows = page.split('\n').filter((line) => /^\| [a-z]/.test(line));
    expect(rows.length).toBe(allSettings(groups).length);
    expect(rows.filter((row) => row.split(' | ').length !== 8)).toEqual([]);
    expect(page).toContain('| `terminationGracePeriodSeconds` (kubernetes) |');
  });

  it('names the owner of the service, one language, what goes away, and the rules', () => {
    expect(page).not.toContain('the owner of the service');
    expect(page).toContain('| headersTimeoutMs (node only) |');
    expect(page).toContain('deprecated since 2.0.0: one port is enough; set HTTP_PORT instead. a reason');
    expect(page).toContain('- keepAliveTimeout longer than balancerIdleTimeout. Otherwise: ');
    expect(toMarkdown(groups, { ...facts, runtime: 'python' })).not.toContain('HTTP_HEADERS_TIMEOUT');
  });
});

describe('toEnvFile', () => {
  const options = { service: 'orders-api', owner: 'team-a', runtime: 'node' } as const;
  const write = (current: string, stage: 'production' | 'staging' = 'production') =>
    toEnvFile(groups, { ...options, stage, current });

  it('states nothing by itself, and names every setting that is loaded', () => {
    const text = write('');
    expect(parseEnvFile('production.env', text, 'team-a')).toMatchObject({ problems: [], values: new Map() });
    const named = [...text.matchAll(/^# ([A-Z_]+)(?:=| comes from| is stated)/gm)].map(([, name]) => name);
    expect(named).toEqual(envSettings(groups, 'node').map(({ setting }) => setting.env));
    expect(text).toContain('# Deprecated: deprecated since 2.0.0');
  });

  it('keeps live lines with their notes, whatever their values, and changes nothing the second time', () => {
    const live =
      '# Change: docs/changes/0002.md\nLOG_LEVEL=loud\n\n# Shared: one store\nHEALTH_TOKEN_FILE=/run/token\n';
    const once = write(live);
    expect(once).toContain('\n# Change: docs/changes/0002.md\nLOG_LEVEL=loud\n');
    expect(once).toContain('\n# Shared: one store\nHEALTH_TOKEN_FILE=/run/token\n');
    expect(write(once)).toBe(once);
    const stated = parseEnvFile('production.env', once, 'team-a').values;
    expect([...stated.keys()]).toEqual(['LOG_LEVEL', 'HEALTH_TOKEN_FILE']);
  });

  it('keeps what a person wrote above a live line, and nothing that was generated', () => {
    const once = write('# Change: docs/changes/0002.md\n# Ticket OPS-12: ask Ann before removing it\nLOG_LEVEL=warn\n');
    expect(once).toContain(
      '\n# Change: docs/changes/0002.md\n# Ticket OPS-12: ask Ann before removing it\nLOG_LEVEL=warn\n',
    );
    const older = once
      .replace(/# Why: debug.*/, '# Why: an older reason')
      .replace('# Owner: team-a\n# Change', '# Owner: team-z\n# Change');
    expect(older).not.toBe(once);
    expect(write(older)).toBe(once);
  });

  it('of staging holds what differs and nothing else', () => {
    const staging = write('# Differs: its own\nDATABASE_URL=sqlite:staging.db\n', 'staging');
    expect(staging).toBe(
      '# Staging settings of orders-api: only what differs from config/production.env, each line with why.\n\n# Differs: its own\nDATABASE_URL=sqlite:staging.db\n',
    );
    expect(write(staging, 'staging')).toBe(staging);
  });

  it('refuses to drop a line it does not understand', () => {
    expect(() => write('LOG_LVL=warn\n')).toThrow(SettingsError);
    expect(() => write('LOG_LEVEL = warn\n')).toThrow('The file was not written.');
  });
});

describe('toJsonSchema', () => {
  const document = toJsonSchema(groups, facts);
  const validate = new Ajv2020({ strict: false }).compile(document);

  it('is a valid schema of 2020-12 with owner, way back and unit', () => {
    expect(document.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(document.properties['HTTP_REQUEST_TIMEOUT']).toMatchObject({
      default: '30s',
      'x-owner': 'team-orders',
      'x-rollback': httpServer.settings.requestTimeoutMs.rollback,
      'x-unit': 'milliseconds',
    });
    expect(document.properties['OLD_PORT']).toMatchObject({ deprecated: true, 'x-since': '1.0.0' });
    expect(document['x-platform']['kubernetes']?.['terminationGracePeriodSeconds']).toMatchObject({ default: '55s' });
    expect(Object.keys(document.properties)).toContain('HEALTH_TOKEN_FILE');
  });

  it('shows no default of an address or a secret whole', () => {
    const local = {
      development: 'postgres://dev:hunter2@localhost/dev',
      test: 'postgres+asyncpg://dev:hunter2@localhost/test',
    };
    const group = defineDefaults('app', '', {
      url: url({ env: 'APP_URL', protocols: ['postgres:', 'postgres+asyncpg:'], in: local, ...texts }),
      token: secret({ env: 'APP_TOKEN', minLength: 7, in: { test: 'hunter2' }, ...texts }),
    });
    const documents = [toJsonSchema({ group }, facts), toMarkdown({ group }, facts)];
    expect(JSON.stringify(documents)).not.toContain('hunter2');
    expect(JSON.stringify(documents)).toContain('postgres+asyncpg://***:***@localhost/test');
    const accepts = new Ajv2020({ strict: false }).compile(documents[0] as object);
    expect(accepts({ APP_URL: 'postgres+asyncpg://dev:hunter2@localhost/test' })).toBe(true);
  });

  it('accepts every default, and no unknown name', () => {
    const defaults = envSettings(groups).flatMap(({ setting: { env, written } }) =>
      written.default === undefined ? [] : [[env, written.default]],
    );
    expect(validate(Object.fromEntries(defaults))).toBe(true);
    expect(validate({ HTTP_PROT: '80' })).toBe(false);
  });

  it('accepts whatever the kinds accept', () => {
    const declared = envSettings(groups).filter(({ setting }) => setting.kind.name !== 'schema');
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9]{1,4}(\.[0-9])?(ms|s|m|KiB|MiB)?$/));
    fc.assert(
      fc.property(fc.constantFrom(...declared), text, ({ setting }, raw) => {
        const accepted = 'value' in setting.kind.read(raw);
        expect(!accepted || validate({ [setting.env]: raw })).toBe(true);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});

describe('toPython', () => {
  it('names every setting that has an effect in Python, and no other', () => {
    for (const group of shipped) {
      const module = toPython(group, shipped);
      const found = [...module.matchAll(/ {12}(?:env|parameter)="([^"]+)"/g)].map(([, name]) => name);
      const wanted = allSettings({ group }, 'python').map(({ setting }) => setting.env ?? setting.parameter);
      expect(new Set(found)).toEqual(new Set(wanted));
    }
  });

  it('refuses a setting that states no Python form', () => {
    const validate = (value: unknown) => ({ value });
    const any = { '~standard': { version: 1, vendor: 'a', validate } } as const;
    const group = defineDefaults('a', '', { a: schema(any, { env: 'A', default: 'x', expected: 'any', ...texts }) });
    expect(() => toPython(group, [group])).toThrow('a.a states no Python form');
  });
});
