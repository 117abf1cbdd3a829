import { defineDefaults } from '../declare/define-defaults.ts';
import { lazyGroup } from '../declare/lazy-group.ts';

import { httpClientConnections } from './http-client-connections.ts';
import { httpClientRetries } from './http-client-retries.ts';
import { httpClientTimeouts } from './http-client-timeouts.ts';

function httpClientSettings() {
  return { ...httpClientTimeouts(), ...httpClientRetries(), ...httpClientConnections() };
}

/**
 * How long a call to another service may take, how often it is tried again, and when it is not tried at all.
 *
 * @example
 * ```ts
 * import { httpClient, loadSettings } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ calls: httpClient }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * const { attempts, headersTimeoutMs, deadlineMs } = settings.calls;
 * if (attempts * headersTimeoutMs > deadlineMs) throw new Error('the last attempt would have no time');
 * ```
 */
export const httpClient = /* @__PURE__ */ lazyGroup(() =>
  defineDefaults('httpClient', 'HTTP_CLIENT_', httpClientSettings(), [
    {
      says: 'deadline at least attempts times headersTimeout',
      left: 'deadlineMs',
      relation: '>=',
      right: { product: ['attempts', 'headersTimeoutMs'] },
      fix: 'lower HTTP_CLIENT_HEADERS_TIMEOUT or HTTP_CLIENT_ATTEMPTS, so that the last attempt still has its time',
    },
    {
      says: 'deadline shorter than the handlerTimeout of httpServer',
      left: 'deadlineMs',
      relation: '<',
      right: 'httpServer.handlerTimeoutMs',
      fix: 'lower HTTP_CLIENT_DEADLINE, so that the handler can still answer when a call fails',
    },
    {
      says: 'backoffBase at most backoffCap',
      left: 'backoffBaseMs',
      relation: '<=',
      right: 'backoffCapMs',
      fix: 'lower HTTP_CLIENT_BACKOFF_BASE, or raise HTTP_CLIENT_BACKOFF_CAP',
    },
  ]),
);
