import type { Values } from '../declare/group.ts';
import type { cache } from '../groups/cache.ts';

import { spread } from './spread.ts';

type CacheValues = Values<(typeof cache)['settings']>;

/** How long one cache entry lives. */
export interface EntryLifetime {
  /** After this it is still served, and fetched again in the background. */
  readonly softTtlMs: number;
  /** After this it is gone: the `PX` of Redis. */
  readonly ttlMs: number;
}

/**
 * Draws how long one cache entry lives, so that entries written together do not expire together.
 *
 * What was not found is kept for a short time of its own, and never served beyond it.
 *
 * @param random - a number from 0 up to 1
 * @example
 * ```ts
 * import { cache, loadSettings, toEntryLifetime } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ cache }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * const { softTtlMs, ttlMs } = toEntryLifetime(settings.cache, { found: true }, () => 0.5);
 * if (softTtlMs !== 60_000 || ttlMs !== 300_000) throw new Error('the middle of the spread is the setting');
 * ```
 */
export function toEntryLifetime(
  settings: Pick<CacheValues, 'ttlMs' | 'ttlJitter' | 'softTtlMs' | 'negativeTtlMs'>,
  entry: { readonly found: boolean },
  random: () => number = Math.random,
): EntryLifetime {
  const factor = spread(settings.ttlJitter, random);
  // Redis refuses a lifetime of 0.
  const draw = (lifetimeMs: number) => Math.max(1, Math.round(lifetimeMs * factor));
  const ttlMs = draw(entry.found ? settings.ttlMs : settings.negativeTtlMs);
  return { softTtlMs: entry.found ? Math.min(draw(settings.softTtlMs), ttlMs) : ttlMs, ttlMs };
}
