import type { Values } from '../declare/group.ts';
import type { httpServer } from '../groups/http-server.ts';

import { toNodeServer, type NodeServerOptions } from './to-node-server.ts';

type HttpServerValues = Values<(typeof httpServer)['settings']>;

/** The options of `fastify` that these settings decide. */
export interface FastifyOptions {
  readonly requestTimeout: number;
  readonly keepAliveTimeout: number;
  readonly maxRequestsPerSocket: number;
  readonly bodyLimit: number;
  readonly handlerTimeout: number;
  readonly trustProxy: false | string[];
  /** What Fastify hands to `http.createServer`. */
  readonly http: NodeServerOptions;
}

/**
 * Turns loaded settings into the options of `fastify`.
 *
 * Fastify waits for ever for a slow request unless told otherwise. A `serverFactory` replaces what these options say
 * about the server: build it with `toNodeServer` then.
 *
 * @example
 * ```ts
 * import { httpServer, loadSettings, toFastify } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ http: httpServer }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * if (toFastify(settings.http).bodyLimit !== 1024 ** 2) throw new Error('expected bytes');
 * ```
 */
export function toFastify(
  settings: Parameters<typeof toNodeServer>[0] &
    Pick<HttpServerValues, 'maxRequestsPerSocket' | 'bodyLimitBytes' | 'handlerTimeoutMs' | 'trustedProxies'>,
): FastifyOptions {
  const http = toNodeServer(settings);
  const { trustedProxies } = settings;
  return {
    requestTimeout: http.requestTimeout,
    keepAliveTimeout: http.keepAliveTimeout,
    maxRequestsPerSocket: settings.maxRequestsPerSocket,
    bodyLimit: settings.bodyLimitBytes,
    handlerTimeout: settings.handlerTimeoutMs,
    trustProxy: trustedProxies === 'none' ? false : trustedProxies.split(','),
    http,
  };
}
