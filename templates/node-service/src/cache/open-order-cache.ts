import { toEntryLifetime } from '@seaworthy/defaults';

import { errorFields, type Log } from '../log.ts';
import type { ServiceSettings } from '../settings.ts';

import { connectRedis } from './connect-redis.ts';
import { MemoryOrderCache } from './memory-order-cache.ts';
import type { OrderCache } from './order-cache.ts';
import { RedisOrderCache } from './redis-order-cache.ts';

const toldEveryMs = 60_000;

interface Told {
  readonly log: Pick<Log, 'warn'>;
  /** False while the service has not said where it listens, which is its first line. */
  readonly mayTell: () => boolean;
}

/** Opens the cache that CACHE_URL names; why it cannot be used is logged, once a minute while that lasts. */
export async function openOrderCache(settings: ServiceSettings, { log, mayTell }: Told): Promise<OrderCache> {
  const lifetimeMs = orderLifetime(settings);
  if (isInProcess(settings)) return new MemoryOrderCache(lifetimeMs);
  const tell = atMostOften(toldEveryMs, (error) => log.warn({ error: errorFields(error) }, 'cache failed'));
  // What the first connection failed with says more than the commands that wait for one.
  let untold: unknown;
  const onFailed = (error: unknown) => {
    if (mayTell()) tell(untold ?? error);
    untold = mayTell() ? undefined : (untold ?? error);
  };
  return new RedisOrderCache(await connectRedis(settings, onFailed), { lifetimeMs, onFailed });
}

/** Draws how long one order is kept, so that orders that were read together are not read anew together. */
export function orderLifetime(
  { cache, service }: Pick<ServiceSettings, 'cache' | 'service'>,
  random: () => number = Math.random,
): () => number {
  const { orderCacheTtlMs: ttlMs } = service;
  // An order never changes: none is renewed before it goes.
  const settings = { ttlMs, ttlJitter: cache.ttlJitter, softTtlMs: ttlMs, negativeTtlMs: ttlMs };
  return () => toEntryLifetime(settings, { found: true }, random).ttlMs;
}

/** Whether each process has a cache of its own. */
export function isInProcess({ service }: Pick<ServiceSettings, 'service'>): boolean {
  return service.cacheUrl.toURL().protocol === 'memory:';
}

/** Drops what comes too soon after what was told. */
export function atMostOften(
  everyMs: number,
  tell: (error: unknown) => void,
  now: () => number = () => performance.now(),
): (error: unknown) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (error) => {
    if (now() - toldAt < everyMs) return;
    toldAt = now();
    tell(error);
  };
}
