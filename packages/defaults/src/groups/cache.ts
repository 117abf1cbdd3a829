import { defineDefaults } from '../declare/define-defaults.ts';
import { lazyGroup } from '../declare/lazy-group.ts';

import { cacheConnection } from './cache-connection.ts';
import { cacheLifetimes } from './cache-lifetimes.ts';

function cacheSettings() {
  // What a variable names comes first, as in the documents of Python.
  return { ...cacheLifetimes(), ...cacheConnection() };
}

/**
 * How little a cache may hold up a request, and how long what is in it counts.
 *
 * A cache that fails is a miss, never an error: every wait here is short.
 *
 * @example
 * ```ts
 * import { cache, loadSettings } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ cache }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * if (settings.cache.softTtlMs > settings.cache.ttlMs) throw new Error('nothing would ever be renewed in time');
 * ```
 */
export const cache = /* @__PURE__ */ lazyGroup(() =>
  defineDefaults('cache', 'CACHE_', cacheSettings(), [
    {
      says: 'softTtl at most ttl',
      left: 'softTtlMs',
      relation: '<=',
      right: 'ttlMs',
      fix: 'lower CACHE_SOFT_TTL: an entry is renewed before it expires, not after',
    },
    {
      says: 'reconnectBase at most reconnectCap',
      left: 'reconnectBaseMs',
      relation: '<=',
      right: 'reconnectCapMs',
      fix: 'lower CACHE_RECONNECT_BASE, or raise CACHE_RECONNECT_CAP',
    },
  ]),
);
