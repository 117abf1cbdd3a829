import type { Values } from '../declare/group.ts';
import type { httpServer } from '../groups/http-server.ts';

type HttpServerValues = Values<(typeof httpServer)['settings']>;

/** The options of `@fastify/under-pressure` that these settings decide. */
export interface UnderPressureOptions {
  /** In milliseconds. */
  readonly maxEventLoopDelay: number;
  /** In seconds, as the header `Retry-After` has it. */
  readonly retryAfter: number;
}

/**
 * Turns loaded settings into the options of `@fastify/under-pressure`, which answers 503 before queues grow.
 *
 * @example
 * ```ts
 * import { httpServer, loadSettings, toUnderPressure } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ http: httpServer }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * if (toUnderPressure(settings.http).retryAfter !== 10) throw new Error('expected seconds');
 * ```
 */
export function toUnderPressure(
  settings: Pick<HttpServerValues, 'maxEventLoopDelayMs' | 'shedRetryAfterMs'>,
): UnderPressureOptions {
  return {
    maxEventLoopDelay: settings.maxEventLoopDelayMs,
    retryAfter: Math.ceil(settings.shedRetryAfterMs / 1_000),
  };
}
