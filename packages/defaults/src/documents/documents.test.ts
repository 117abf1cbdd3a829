import { describe, expect, it } from 'vitest';

import { parseEnvFile } from '../load/env-file.ts';
import { httpServer, logging, toEnvFile, toMarkdown, toNodeServer, toPython } from '../index.ts';

const groups = { http: httpServer, logging };
const names = Object.values(groups).flatMap(({ settings }) => Object.values(settings).map(({ env }) => env));

describe('toMarkdown', () => {
  it('has a row of eight cells for each setting', () => {
    const page = toMarkdown(groups, { title: 'Settings', owner: 'team-a', runtime: 'node' });
    const rows = page.split('\n').filter((line) => /^\| [a-z]/.test(line));
    expect(rows.map((row) => row.split(' | ').length)).toEqual(names.map(() => 8));
    expect(page).not.toContain('the owner of the service');
  });
});

describe('toEnvFile', () => {
  const options = { service: 'orders-api', owner: 'team-a', runtime: 'node' } as const;

  it('states nothing unless it is told to, and is understood by its own reader', () => {
    const file = parseEnvFile('production.env', toEnvFile(groups, options), 'team-a');
    expect(file).toMatchObject({ problems: [], values: new Map() });
    const live = { LOG_LEVEL: { value: 'warn', change: 'docs/changes/0002.md' } };
    const { values } = parseEnvFile('production.env', toEnvFile(groups, { ...options, live }), 'team-a');
    expect([...values.keys()]).toEqual(['LOG_LEVEL']);
  });

  it('refuses a value that the service would refuse', () => {
    const live = (value: string, name = 'LOG_LEVEL') => ({ [name]: { value, change: 'x' } });
    expect(() => toEnvFile(groups, { ...options, live: live('loud') })).toThrow('LOG_LEVEL must be one of');
    expect(() => toEnvFile(groups, { ...options, live: live('1', 'NOPE') })).toThrow('no setting declares NOPE');
  });
});

describe('toPython', () => {
  it('names every setting that has an effect in Python, and no other', () => {
    const found = [...toPython(groups).matchAll(/env="([A-Z_]+)"/g)].map(([, name]) => name);
    const nodeOnly = ['HTTP_HEADERS_TIMEOUT', 'LOG_DEPTH_LIMIT', 'LOG_EDGE_LIMIT'];
    expect(found).toEqual(names.filter((name) => !nodeOnly.includes(name)));
  });
});

describe('toNodeServer', () => {
  it('checks for slow requests ten times within the shortest time-out', () => {
    const settings = {
      requestTimeoutMs: 30_000,
      headersTimeoutMs: 15_000,
      keepAliveTimeoutMs: 72_000,
      maxHeaderBytes: 16_384,
    };
    expect(toNodeServer(settings)).toEqual({
      requestTimeout: 30_000,
      headersTimeout: 15_000,
      keepAliveTimeout: 72_000,
      maxHeaderSize: 16_384,
      connectionsCheckingInterval: 1_500,
    });
  });
});
