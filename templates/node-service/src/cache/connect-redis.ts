import { setTimeout as delay } from 'node:timers/promises';

import { toIoredis } from '@seaworthy/defaults';
import type { Redis } from 'ioredis';

import type { ServiceSettings } from '../settings.ts';

/**
 * A connection to the Redis that CACHE_URL names, which connects again by itself for as long as it is open. Waits for the
 * first connection no longer than CACHE_CONNECT_TIMEOUT, and returns without one as well: commands fail until there is one.
 */
export async function connectRedis(
  { cache, service }: Pick<ServiceSettings, 'cache' | 'service'>,
  onFailed: (error: unknown) => void,
): Promise<Redis> {
  // Only where it is used: a service with its cache in memory starts without it.
  const ioredis = await import('ioredis');
  const options = { ...toIoredis(cache), lazyConnect: true };
  const redis = new ioredis.Redis(service.cacheUrl.reveal(), options);
  redis.on('error', (error: Error & { readonly command?: { readonly name: string } }) => {
    onFailed(error);
    // ioredis would go on with database 0, whose entries are those of somebody else.
    if (error.command?.name === 'select') redis.disconnect(true);
  });
  const waiting = new AbortController();
  // What it fails with is told as an event as well.
  const connected = redis.connect().catch(() => undefined);
  const { signal } = waiting;
  await Promise.race([connected, delay(cache.connectTimeoutMs, undefined, { signal }).catch(() => undefined)]);
  waiting.abort();
  return redis;
}
