import { setTimeout as delay } from 'node:timers/promises';

import { toIoredis } from '@seaworthy/defaults';
import type { Redis } from 'ioredis';

import type { ServiceSettings } from '../settings.ts';

/**
 * A connection to the Redis that CACHE_URL names, which connects again by itself for as long as it is open. Waits for the
 * first connection no longer than CACHE_CONNECT_TIMEOUT: `redis.status` is `ready` where there is one.
 */
export async function connectRedis(
  { cache, service }: Pick<ServiceSettings, 'cache' | 'service'>,
  onFailed: (error: unknown) => void,
): Promise<Redis> {
  // Only where it is used: a service with its cache in memory starts without it.
  const ioredis = await import('ioredis');
  const options = { ...toIoredis(cache), lazyConnect: true };
  const redis = new ioredis.Redis(service.cacheUrl.reveal(), options);
  redis.on('error', onFailed);
  const waiting = new AbortController();
  // What it fails with is told as an event as well.
  const connected = redis.connect().catch(() => undefined);
  const { signal } = waiting;
  await Promise.race([connected, delay(cache.connectTimeoutMs, undefined, { signal }).catch(() => undefined)]);
  waiting.abort();
  return redis;
}
