import type { Values } from '../declare/group.ts';
import type { httpServer } from '../groups/http-server.ts';

type HttpServerValues = Values<(typeof httpServer)['settings']>;

/** The options of `http.createServer` that these settings decide. */
export interface NodeServerOptions {
  readonly requestTimeout: number;
  readonly headersTimeout: number;
  readonly keepAliveTimeout: number;
  readonly keepAliveTimeoutBuffer: number;
  readonly maxHeaderSize: number;
  readonly connectionsCheckingInterval: number;
}

/**
 * Turns loaded settings into the options of `http.createServer`.
 *
 * Node looks at slow requests every 30s unless told otherwise, which would stretch a time-out of 1s to 31s: the check
 * runs at a tenth of the shortest time-out, in whole milliseconds, since Node refuses others. `maxRequestsPerSocket` is
 * no option of Node: set it on the server.
 *
 * @example
 * ```ts
 * import { httpServer, loadSettings, toNodeServer } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ http: httpServer }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * if (toNodeServer(settings.http).keepAliveTimeout !== 72_000) throw new Error('expected milliseconds');
 * ```
 */
export function toNodeServer(
  settings: Pick<
    HttpServerValues,
    'requestTimeoutMs' | 'headersTimeoutMs' | 'keepAliveTimeoutMs' | 'keepAliveTimeoutBufferMs' | 'maxHeaderBytes'
  >,
): NodeServerOptions {
  const { requestTimeoutMs, headersTimeoutMs } = settings;
  return {
    requestTimeout: requestTimeoutMs,
    headersTimeout: headersTimeoutMs,
    keepAliveTimeout: settings.keepAliveTimeoutMs,
    keepAliveTimeoutBuffer: settings.keepAliveTimeoutBufferMs,
    maxHeaderSize: settings.maxHeaderBytes,
    connectionsCheckingInterval: Math.max(100, Math.floor(Math.min(requestTimeoutMs, headersTimeoutMs) / 10)),
  };
}
