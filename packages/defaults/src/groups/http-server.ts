import { defineDefaults } from '../declare/define-defaults.ts';
import { lazyGroup } from '../declare/lazy-group.ts';
import { count } from '../kinds/count.ts';
import { text } from '../kinds/text.ts';

import { httpServerLimits } from './http-server-limits.ts';
import { httpServerTimeouts } from './http-server-timeouts.ts';
import { serviceOwner } from './service-owner.ts';
import * as wayBack from './way-back.ts';

function httpServerSettings() {
  return {
    host: text({
      env: 'HTTP_HOST',
      default: '0.0.0.0',
      in: { development: '127.0.0.1', test: '127.0.0.1' },
      owner: serviceOwner,
      reason:
        'a balancer or a probe reaches the service from outside its container; a workstation should not be reached',
      expect: 'the balancer gets answers, and nobody reaches a workstation',
      rollback: wayBack.unset('HTTP_HOST'),
    }),
    port: count({
      env: 'HTTP_PORT',
      default: 8080,
      min: 0,
      max: 65_535,
      owner: serviceOwner,
      reason: 'a port that needs no privilege; 0 binds a free one, which is of use in tests only',
      expect: 'the service answers on this port, where the balancer and the probes look for it',
      rollback: `${wayBack.unset('HTTP_PORT')}; set the port that the balancer and the probes use back with it`,
    }),
    ...httpServerTimeouts(),
    ...httpServerLimits(),
  };
}

/**
 * How long an HTTP server waits, how much it accepts and how it stops; the defaults suit a balancer with 60s of idle time.
 *
 * @example
 * ```ts
 * import { httpServer, loadSettings } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ http: httpServer }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * if (settings.http.keepAliveTimeoutMs <= settings.http.balancerIdleTimeoutMs) throw new Error('the balancer would see resets');
 * ```
 */
export const httpServer = /* @__PURE__ */ lazyGroup(() =>
  defineDefaults('httpServer', 'HTTP_', httpServerSettings(), [
    {
      says: 'keepAliveTimeout longer than balancerIdleTimeout',
      left: 'keepAliveTimeoutMs',
      relation: '>',
      right: 'balancerIdleTimeoutMs',
      fix: 'raise HTTP_KEEP_ALIVE_TIMEOUT at least 5s above HTTP_BALANCER_IDLE_TIMEOUT',
    },
    {
      says: 'headersTimeout at most requestTimeout',
      left: 'headersTimeoutMs',
      relation: '<=',
      right: 'requestTimeoutMs',
      fix: 'lower HTTP_HEADERS_TIMEOUT, or raise HTTP_REQUEST_TIMEOUT',
    },
    {
      says: 'handlerTimeout shorter than balancerIdleTimeout',
      left: 'handlerTimeoutMs',
      relation: '<',
      right: 'balancerIdleTimeoutMs',
      fix: 'lower HTTP_HANDLER_TIMEOUT at least 5s below HTTP_BALANCER_IDLE_TIMEOUT',
    },
  ]),
);
