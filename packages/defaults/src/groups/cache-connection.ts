import { count } from '../kinds/count.ts';
import { duration } from '../kinds/duration.ts';
import { flag } from '../kinds/flag.ts';
import { oneOf } from '../kinds/one-of.ts';

import { evictionPolicies } from './eviction-policies.ts';
import { serviceOwner } from './service-owner.ts';
import * as wayBack from './way-back.ts';

/** The connection to the cache, and what the server does when it is full. */
export function cacheConnection() {
  return {
    connectTimeoutMs: duration({
      env: 'CACHE_CONNECT_TIMEOUT',
      default: '2s',
      min: '100ms',
      max: '30s',
      owner: serviceOwner,
      reason: 'a cache that does not answer in 2s is down or out of reach; ioredis waits 10s',
      expect: 'after the cache is lost the next try to connect fails in about 2s',
      rollback: wayBack.unset('CACHE_CONNECT_TIMEOUT'),
      source: 'https://redis.github.io/ioredis/interfaces/CommonRedisOptions.html',
    }),
    commandTimeoutMs: duration({
      env: 'CACHE_COMMAND_TIMEOUT',
      default: '500ms',
      min: '10ms',
      max: '30s',
      owner: serviceOwner,
      reason: 'a cache that stalls must not stall requests: after 500ms it counts as a miss; ioredis waits for ever',
      expect: 'with a stalled cache each command costs its request half a second and counts as a miss',
      rollback: wayBack.unset('CACHE_COMMAND_TIMEOUT'),
      source: 'https://redis.github.io/ioredis/interfaces/CommonRedisOptions.html',
    }),
    maxRetriesPerRequest: count({
      env: 'CACHE_MAX_RETRIES',
      default: 1,
      min: 0,
      max: 20,
      owner: serviceOwner,
      reason:
        'a command is sent again once after a lost connection and then counts as a miss, since the database has the answer; ioredis tries 20 times',
      expect: 'a restart of the cache is seen as misses, not as slow requests',
      rollback: wayBack.unset('CACHE_MAX_RETRIES'),
      source: 'https://redis.github.io/ioredis/interfaces/CommonRedisOptions.html',
    }),
    offlineQueue: flag({
      env: 'CACHE_OFFLINE_QUEUE',
      default: false,
      runtimes: ['node'],
      owner: serviceOwner,
      reason:
        'without a connection a command fails at once and counts as a miss; ioredis keeps it in memory until the cache is back',
      expect: 'memory stays level and requests stay fast while the cache is gone',
      rollback: wayBack.unset('CACHE_OFFLINE_QUEUE'),
      source: 'https://redis.github.io/ioredis/interfaces/CommonRedisOptions.html',
    }),
    reconnectBaseMs: duration({
      env: 'CACHE_RECONNECT_BASE',
      default: '50ms',
      min: '1ms',
      max: '10s',
      owner: serviceOwner,
      reason: 'the pause before the first new connection; it doubles each time; the default of ioredis, stated',
      expect: 'a connection that was cut is back in about a quarter of a second, while the cache is well',
      rollback: wayBack.unsetTogether('CACHE_RECONNECT_BASE'),
      source: 'https://redis.github.io/ioredis/interfaces/CommonRedisOptions.html',
    }),
    reconnectCapMs: duration({
      env: 'CACHE_RECONNECT_CAP',
      default: '5s',
      min: '100ms',
      max: '5m',
      owner: serviceOwner,
      reason: 'the pause never grows over this; the default of ioredis, stated; node-redis stops at 2s',
      expect: 'the cache is used again at most about 5s after it is back',
      rollback: wayBack.unsetTogether('CACHE_RECONNECT_CAP'),
      source: 'https://redis.github.io/ioredis/interfaces/CommonRedisOptions.html',
    }),
    reconnectJitterMs: duration({
      env: 'CACHE_RECONNECT_JITTER',
      default: '200ms',
      min: '0s',
      max: '10s',
      owner: serviceOwner,
      reason:
        'adds a random part of this to each pause, so that processes do not storm a cache that has just started; the default of ioredis, stated',
      expect: 'new connections to a restarted cache are spread over a fifth of a second',
      rollback: wayBack.unset('CACHE_RECONNECT_JITTER'),
      source: 'https://redis.github.io/ioredis/interfaces/CommonRedisOptions.html',
    }),
    maxmemoryPolicy: oneOf(evictionPolicies, {
      appliesTo: 'redis-server',
      parameter: 'maxmemory-policy',
      default: 'allkeys-lfu',
      owner: serviceOwner,
      reason:
        'a full cache drops what is used least and takes the new entry; Redis itself refuses writes when it is full, and is never full while maxmemory is 0, its default: set that too; never for a Redis that holds jobs',
      expect: 'evicted_keys of INFO may grow, and no write fails with OOM',
      rollback: `CONFIG SET maxmemory-policy noeviction, or what it was before, acts at once; with noeviction, which Redis ships, a full cache takes no new entry; ${wayBack.keepInRedis}`,
      source: 'https://redis.io/docs/latest/develop/reference/eviction/',
    }),
  };
}
