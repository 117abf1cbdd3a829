import {
  cache,
  defineDefaults,
  duration,
  health,
  httpServer,
  loadSettings,
  logging,
  postgres,
  secret,
  serviceFiles,
  text,
  url,
} from '@seaworthy/defaults';

import { serviceOwner } from './service.ts';

const owner = serviceOwner;

/** The settings only this service has. */
const serviceSettings = defineDefaults('service', '', {
  databaseUrl: url({
    env: 'DATABASE_URL',
    protocols: ['sqlite:', 'postgres:', 'postgresql:'],
    pattern:
      'sqlite:(?!//[^/])(?:[^?%]|%(?!00)[0-7][0-9A-Fa-f])+|postgres(?:ql)?:(?!.*[?&]sslmode=(?!(?:disable|require|verify-full)(?:&|$))).+',
    expected:
      'sqlite: and the path of a file without a host or a query, or a URL that begins with postgres: or postgresql: and names no sslmode but disable, require or verify-full',
    in: { development: 'sqlite:var/development.db', test: 'sqlite:var/test.db' },
    owner,
    reason:
      'each environment keeps its orders in a database of its own, so that no test reaches real orders; a file is enough for one instance on one host, more than one needs PostgreSQL',
    expect: 'orders survive a restart, and one environment never sees the orders of another',
    rollback: 'set the previous DATABASE_URL, run make migrate and restart; both databases keep what they hold',
  }),
  cacheUrl: url({
    env: 'CACHE_URL',
    protocols: ['memory:', 'redis:', 'rediss:'],
    pattern: 'memory:|rediss?://[^/?]+(?:/[0-9]*)?',
    expected: 'memory:, or a URL that begins with redis: or rediss: and ends with its host or the number of a database',
    in: { development: 'memory:', test: 'memory:' },
    owner,
    reason:
      'orders that were read lately are not read from the database again; memory: gives each process a cache of its own, redis: and rediss: one to all of them',
    expect:
      'the second read of an order costs no database call; a cache that fails or stalls is a miss and never an error',
    rollback: 'set the previous CACHE_URL and restart one instance; what is in a cache may be lost at any time',
  }),
  idempotencyKeyTtlMs: duration({
    env: 'IDEMPOTENCY_KEY_TTL',
    default: '24h',
    min: '1m',
    max: '720h',
    owner,
    reason:
      'a client that heard no answer repeats its request within a day, and then gets the first answer; longer only costs room in the database',
    expect: 'the same key with the same body gets the same answer for a day',
    rollback:
      'unset IDEMPOTENCY_KEY_TTL and restart one instance; keys that are older go with the next ones that are stored',
  }),
  healthToken: secret({
    env: 'HEALTH_TOKEN',
    minLength: 16,
    in: { development: 'development-health-token', test: 'development-health-token' },
    owner,
    reason: 'the full health document names dependencies, so strangers get its first lines only',
    expect: 'a request with the token gets the four numbers, one without it does not',
    rollback: 'restore the previous token in the secret store and restart one instance after the other',
  }),
  healthHistoryPath: text({
    env: 'HEALTH_HISTORY_PATH',
    default: 'var/health-history.ndjson',
    in: { development: 'var/development-health-history.ndjson', test: 'var/test-health-history.ndjson' },
    owner,
    reason:
      'what a deployment changed is told from the minutes before it, which would go with the process that served them',
    expect:
      'a line is added for each minute with traffic, and twelve minutes after a deployment answers.deploy no longer says collecting',
    rollback: 'set the previous HEALTH_HISTORY_PATH and restart one instance; both files keep what they hold',
  }),
  releaseId: text({
    env: 'RELEASE_ID',
    default: 'unreleased',
    owner,
    reason: 'every answer, log line and health document names the release that wrote it',
    expect: 'x-release names the tag that was deployed',
    rollback: 'start the previous tag with its own RELEASE_ID',
  }),
  orderCacheTtlMs: duration({
    env: 'ORDER_CACHE_TTL',
    default: '5m',
    min: '1s',
    max: '1h',
    owner,
    reason: 'an order never changes once it is stored, so its age only costs memory',
    expect: 'reads of the same order cost no database call for five minutes',
    rollback: 'unset ORDER_CACHE_TTL and restart one instance',
  }),
});

/**
 * The shipped group without CACHE_TTL, CACHE_SOFT_TTL and CACHE_NEGATIVE_TTL: how long an order is kept says
 * ORDER_CACHE_TTL. It never changes, so none is renewed, and what is not found is not kept. A setting that changes nothing
 * would be a lie.
 */
function cacheSettings() {
  const { ttlMs: _ttl, softTtlMs: _softTtl, negativeTtlMs: _negativeTtl, ...used } = cache.settings;
  return defineDefaults(cache.name, cache.prefix, used, [
    {
      says: 'reconnectBase at most reconnectCap',
      left: 'reconnectBaseMs',
      relation: '<=',
      right: 'reconnectCapMs',
      fix: 'lower CACHE_RECONNECT_BASE, or raise CACHE_RECONNECT_CAP',
    },
  ]);
}

export const groups = {
  http: httpServer,
  logging,
  health,
  database: postgres,
  cache: cacheSettings(),
  service: serviceSettings,
};

export function loadServiceSettings(env: NodeJS.ProcessEnv = process.env) {
  return loadSettings(groups, { env, files: serviceFiles('config'), owner });
}

export type ServiceSettings = ReturnType<typeof loadServiceSettings>['settings'];
