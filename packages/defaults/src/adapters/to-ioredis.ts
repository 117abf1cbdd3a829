import type { Values } from '../declare/group.ts';
import type { cache } from '../groups/cache.ts';

type CacheValues = Values<(typeof cache)['settings']>;

/** The options of `ioredis` that these settings decide. */
export interface IoredisOptions {
  readonly connectTimeout: number;
  readonly commandTimeout: number;
  readonly maxRetriesPerRequest: number;
  readonly enableOfflineQueue: boolean;
  /** How long to wait before the nth attempt to connect again, counted from 1. */
  readonly retryStrategy: (times: number) => number;
}

/**
 * Turns loaded settings into the options of `ioredis`, for a cache: a command fails fast and is treated as a miss.
 *
 * Without the offline queue a command fails until the connection is ready: wait for `ready` where that matters.
 *
 * @param random - a number from 0 up to 1, drawn before each attempt to connect again
 * @example
 * ```ts
 * import { cache, loadSettings, toIoredis } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ cache }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * const { retryStrategy } = toIoredis(settings.cache, () => 0);
 * if (retryStrategy(1) !== 50 || retryStrategy(20) !== 5_000) throw new Error('expected 50ms, doubled up to 5s');
 * ```
 */
export function toIoredis(
  settings: Pick<
    CacheValues,
    | 'connectTimeoutMs'
    | 'commandTimeoutMs'
    | 'maxRetriesPerRequest'
    | 'offlineQueue'
    | 'reconnectBaseMs'
    | 'reconnectCapMs'
    | 'reconnectJitterMs'
  >,
  random: () => number = Math.random,
): IoredisOptions {
  const { reconnectBaseMs, reconnectCapMs, reconnectJitterMs } = settings;
  return {
    connectTimeout: settings.connectTimeoutMs,
    commandTimeout: settings.commandTimeoutMs,
    maxRetriesPerRequest: settings.maxRetriesPerRequest,
    enableOfflineQueue: settings.offlineQueue,
    retryStrategy: (times) =>
      Math.min(reconnectBaseMs * 2 ** (times - 1), reconnectCapMs) + Math.floor(random() * reconnectJitterMs),
  };
}
