import { isIPv6 } from 'node:net';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { rulesIn } from '../declare/group.ts';
import {
  httpClient,
  httpServer,
  jobs,
  loadSettings,
  logging,
  overrideDefaults,
  postgres,
  rollout,
  serviceOwner,
  SettingsError,
  shippedGroups,
} from '../index.ts';
import type { Groups, Setting } from '../index.ts';

const all = shippedGroups;
const settings = Object.values(all).flatMap((group) =>
  Object.entries<Setting<unknown>>(group.settings).map(([key, setting]) => ({
    label: `${group.name}.${key}`,
    group,
    setting,
  })),
);
const labelled = settings.map((each) => [each.label, each] as const);

// They state what is so elsewhere, and going back means stating it rightly.
const facts = [
  'httpServer.balancerIdleTimeoutMs',
  'postgres.instances',
  'postgres.maxConnections',
  'jobs.longestJobMs',
];

function load(groups: Groups, env: Record<string, string>) {
  return loadSettings(groups, { env: { DEPLOY_ENVIRONMENT: 'production', ...env }, owner: 'team-orders' });
}

function problemsOf(groups: Groups, env: Record<string, string>) {
  try {
    load(groups, env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe('every shipped setting', () => {
  it.each(labelled)('%s has all its texts, each on one line', (label, { setting }) => {
    expect(setting.owner).toBe(serviceOwner);
    for (const text of [setting.reason, setting.expect, setting.rollback]) {
      expect(text).toMatch(/^[\x20-\x7e]{16,}$/);
      expect(text).not.toMatch(/[|\\<>]|^[A-Z][a-z]|[.]$/);
    }
    expect(new URL(setting.source ?? 'https://example.org').protocol).toBe('https:');
    expect(setting.rollback).toContain(facts.includes(label) ? 'set it to' : (setting.env ?? ''));
  });

  it.each(labelled)('%s tells no command that would not work as it is typed', (_label, { setting }) => {
    const told = [setting.reason, setting.expect, setting.rollback].join('\n');
    expect(told).not.toMatch(/kubectl rollout (?!\w+ deployment\/NAME\b)/);
    expect(told.includes('CONFIG REWRITE')).toBe(told.includes('CONFIG SET'));
  });

  it('is taken back in one instance first, and then in the others', () => {
    const ways = settings.flatMap(({ label, setting: { env, rollback } }) =>
      env === undefined || facts.includes(label) ? [] : [rollback],
    );
    expect(ways.filter((way) => !way.includes('restart one instance; watch it, then restart the rest'))).toEqual([]);
  });

  it('that a rule ties to others says so in its way back: the default of one alone may be refused', () => {
    const tied = rulesIn(all).flatMap((rule) => [...rule.settings.values()]);
    const ways = tied.flatMap(({ setting: { env, rollback } }) => (env === undefined ? [] : [rollback]));
    expect(ways.length).toBeGreaterThan(20);
    expect(ways.filter((way) => !/together with what|where HTTP_BALANCER_IDLE_TIMEOUT|set it to/.test(way))).toEqual(
      [],
    );
  });

  it('that is loaded has a variable of its own, with the prefix of its group', () => {
    const names = settings.flatMap(({ group, setting }) =>
      setting.env === undefined ? [] : [{ prefix: group.prefix, env: setting.env }],
    );
    expect(names.filter(({ prefix, env }) => !env.startsWith(prefix))).toEqual([]);
    expect(new Set(names.map(({ env }) => env)).size).toBe(names.length);
    const ofServer = names.filter(({ prefix }) => prefix === 'HTTP_').map(({ env }) => env);
    expect(ofServer.filter((env) => env.startsWith(httpClient.prefix))).toEqual([]);
  });

  it('that is not loaded names a parameter that is no other', () => {
    const parameters = Object.values(all).map((group) =>
      Object.values<Setting<unknown>>(group.settings).flatMap(({ appliesTo, parameter }) =>
        appliesTo === undefined ? [] : [`${appliesTo} ${parameter}`],
      ),
    );
    for (const ofGroup of parameters) expect(new Set(ofGroup).size).toBe(ofGroup.length);
  });
});

describe('all groups', () => {
  it.each(['development', 'test', 'staging', 'production'])('load together with nothing set, in %s', (stage) => {
    const { settings: values } = load(all, { DEPLOY_ENVIRONMENT: stage });
    expect(Object.keys(values)).toEqual(Object.keys(all));
    expect(values['rollout']).toEqual({});
  });
});

const broken: readonly (readonly [env: Record<string, string>, name: string])[] = [
  [{ HTTP_KEEP_ALIVE_TIMEOUT: '60s' }, 'HTTP_KEEP_ALIVE_TIMEOUT + HTTP_BALANCER_IDLE_TIMEOUT'],
  [{ HTTP_HEADERS_TIMEOUT: '31s' }, 'HTTP_HEADERS_TIMEOUT + HTTP_REQUEST_TIMEOUT'],
  [{ HTTP_HANDLER_TIMEOUT: '60s' }, 'HTTP_HANDLER_TIMEOUT + HTTP_BALANCER_IDLE_TIMEOUT'],
  [{ HTTP_CLIENT_ATTEMPTS: '4' }, 'HTTP_CLIENT_DEADLINE + HTTP_CLIENT_ATTEMPTS + HTTP_CLIENT_HEADERS_TIMEOUT'],
  [{ HTTP_CLIENT_DEADLINE: '25s' }, 'HTTP_CLIENT_DEADLINE + HTTP_HANDLER_TIMEOUT'],
  [{ HTTP_CLIENT_BACKOFF_BASE: '3s' }, 'HTTP_CLIENT_BACKOFF_BASE + HTTP_CLIENT_BACKOFF_CAP'],
  [{ DATABASE_INSTANCES: '10' }, 'DATABASE_INSTANCES + DATABASE_POOL_MAX + DATABASE_MAX_CONNECTIONS'],
  [{ DATABASE_POOL_WAIT_TIMEOUT: '25s' }, 'DATABASE_POOL_WAIT_TIMEOUT + HTTP_HANDLER_TIMEOUT'],
  [{ DATABASE_QUERY_TIMEOUT: '15s' }, 'statement_timeout (postgres-role) + DATABASE_QUERY_TIMEOUT'],
  [{ CACHE_SOFT_TTL: '6m' }, 'CACHE_SOFT_TTL + CACHE_TTL'],
  [{ CACHE_RECONNECT_BASE: '900ms', CACHE_RECONNECT_CAP: '800ms' }, 'CACHE_RECONNECT_BASE + CACHE_RECONNECT_CAP'],
  [{ JOBS_CONCURRENCY: '11' }, 'JOBS_CONCURRENCY + DATABASE_POOL_MAX'],
  [{ HEALTH_CHECK_TIMEOUT: '2s' }, 'HEALTH_CHECK_TIMEOUT + readinessProbe.timeoutSeconds (kubernetes)'],
  [{ HEALTH_CHECK_TIMEOUT: '1500ms', HEALTH_CHECK_INTERVAL: '1s' }, 'HEALTH_CHECK_TIMEOUT + HEALTH_CHECK_INTERVAL'],
  [
    { HTTP_DRAIN_TIMEOUT: '45s' },
    'lifecycle.preStop.sleep.seconds (kubernetes) + HTTP_DRAIN_TIMEOUT + terminationGracePeriodSeconds (kubernetes)',
  ],
];

// No variable reaches these: a service breaks them by declaring another default, and is told when it declares it.
const own = { owner: 'team-orders', reason: 'a reason', expect: 'a result', rollback: 'a way back' };
const brokenByDefault: readonly (readonly [rule: string, declare: () => unknown])[] = [
  [
    'minReady shorter than progressDeadline',
    () => overrideDefaults(rollout, { minReadyMs: { default: '10m', ...own } }),
  ],
  [
    'lock_timeout shorter than statement_timeout',
    () => overrideDefaults(postgres, { lockTimeoutMs: { default: '15s', ...own } }),
  ],
  [
    'VisibilityTimeout at least 6 times the longest job',
    () => overrideDefaults(jobs, { longestJobMs: { default: '31s', ...own } }),
  ],
  [
    'retention of the dead-letter queue longer than that of the queue',
    () => overrideDefaults(jobs, { deadLetterRetentionMs: { default: '96h', ...own } }),
  ],
];

describe('a rule', () => {
  it.each(broken)('is broken by %j, and names %s', (env, name) => {
    expect(problemsOf(all, env).map((problem) => [problem.code, problem.name])).toEqual([['CFG_RULE', name]]);
  });

  it.each(brokenByDefault)('is broken by a declared default: %s', (rule, declare) => {
    expect(declare).toThrow(`the rule "${rule}" is broken by the defaults`);
  });

  it('is each of the declared ones once', () => {
    const told = broken.flatMap(([env]) => problemsOf(all, env).map((problem) => problem.expected));
    const declared = Object.values(all).flatMap((group) => group.rules.map((rule) => rule.says));
    expect([...told, ...brokenByDefault.map(([rule]) => rule)].toSorted()).toEqual(declared.toSorted());
  });

  it.each([
    ['httpClient', { httpClient }, { HTTP_CLIENT_DEADLINE: '25s' }],
    ['postgres', { postgres }, { DATABASE_POOL_WAIT_TIMEOUT: '25s' }],
    ['jobs', { jobs }, { JOBS_CONCURRENCY: '11' }],
    ['httpServer', { httpServer }, { HTTP_DRAIN_TIMEOUT: '35s' }],
  ] as const)('of %s about another group is not checked without it', (_name, groups, env) => {
    expect(problemsOf(groups, env)).toEqual([]);
  });
});

it('a job that takes for hours breaks no rule while its message stays hidden for long enough', () => {
  const long = overrideDefaults(jobs, {
    longestJobMs: { default: '2h', ...own },
    visibilityTimeoutMs: { default: '12h', ...own },
  });
  expect(problemsOf({ jobs: long }, { JOBS_LOCK_DURATION: '10m' })).toEqual([]);
});

it('a breaker that could never open is refused', () => {
  expect(problemsOf({ httpClient }, { HTTP_CLIENT_BREAKER_ERROR_RATIO: '1' })).toMatchObject([{ code: 'CFG_RANGE' }]);
  expect(problemsOf({ httpClient }, { HTTP_CLIENT_BREAKER_ERROR_RATIO: '0.99' })).toEqual([]);
});

describe('a list', () => {
  const networks = ['none', '10.0.0.1', '10.0.0.0/8,192.168.1.255/32', '::1', 'fd00::/8,10.0.0.1', '2001:db8::5/128'];
  it.each(networks)('of trusted proxies may be %s', (value) => {
    expect(load({ httpServer }, { HTTP_TRUSTED_PROXIES: value }).settings).toMatchObject({
      httpServer: { trustedProxies: value },
    });
  });

  const others = ['1', 'true', '*', '10.0.0.256', '10.0.0.0/33', '::1/129', 'none,::1', '::1,', 'balancer.internal'];
  it.each(others)('of trusted proxies is never %s', (value) => {
    expect(problemsOf({ httpServer }, { HTTP_TRUSTED_PROXIES: value })).toMatchObject([{ code: 'CFG_INVALID' }]);
  });

  it('is an IPv6 address where Node says so', () => {
    const nearly = fc.stringMatching(/^[0-9a-f]{0,5}(:[0-9a-f]{0,4}){1,8}$/);
    const { kind } = httpServer.settings.trustedProxies;
    fc.assert(
      fc.property(fc.oneof(fc.ipV6(), nearly), (address) => {
        // An IPv4 address inside an IPv6 one is written apart here.
        fc.pre(!address.includes('.'));
        expect('value' in kind.read(address)).toBe(isIPv6(address));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    [httpClient, 'HTTP_CLIENT_RETRY_METHODS', ['GET', 'GET,POST'], ['get', 'GET, PUT', 'GTE', 'GET,,PUT']],
    [httpClient, 'HTTP_CLIENT_RETRY_STATUSES', ['503', '429,500'], ['200', '5xx', '503;504', '5030']],
    [logging, 'LOG_REDACT_KEYS', ['password', 'apiKey,x-api-key'], ['req.body', 'password,', '*']],
  ] as const)('of %2$s has its form', (group, env, good, bad) => {
    for (const value of good) expect(problemsOf({ group }, { [env]: value })).toEqual([]);
    for (const value of bad) expect(problemsOf({ group }, { [env]: value })).toMatchObject([{ code: 'CFG_INVALID' }]);
  });
});
