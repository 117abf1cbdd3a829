import { duration } from '../kinds/duration.ts';

import { serviceOwner } from './service-owner.ts';
import * as wayBack from './way-back.ts';

/** How long the server waits for a client, a handler and its own end. */
export function httpServerTimeouts() {
  return {
    requestTimeoutMs: duration({
      env: 'HTTP_REQUEST_TIMEOUT',
      default: '30s',
      min: '1s',
      max: '5m',
      owner: serviceOwner,
      reason:
        'bounds how long a slow client may take to send a whole request; on Fastify HTTP_HANDLER_TIMEOUT runs while a body arrives too, so longer uploads need both raised; Node waits 300s, uvicorn for ever',
      expect:
        'a stalled upload is cut off in about 30s with 408; on Fastify HTTP_HANDLER_TIMEOUT cuts it off first, in 25s',
      rollback: wayBack.unsetTogether('HTTP_REQUEST_TIMEOUT'),
      source: 'https://nodejs.org/api/http.html#serverrequesttimeout',
    }),
    headersTimeoutMs: duration({
      env: 'HTTP_HEADERS_TIMEOUT',
      default: '15s',
      min: '1s',
      max: '1m',
      runtimes: ['node'],
      owner: serviceOwner,
      reason: 'slow headers hold a socket; Node waits 60s',
      expect: 'a client whose headers take longer than about 15s is cut off with 408',
      rollback: wayBack.unsetTogether('HTTP_HEADERS_TIMEOUT'),
      source: 'https://nodejs.org/api/http.html#serverheaderstimeout',
    }),
    keepAliveTimeoutMs: duration({
      env: 'HTTP_KEEP_ALIVE_TIMEOUT',
      default: '72s',
      min: '1s',
      max: '15m',
      owner: serviceOwner,
      reason:
        'a balancer reuses a connection until its own idle time ends; Node and uvicorn hang up after 5s, which is answered with 502; a Google balancer idles 600s: set 620s, and HTTP_BALANCER_IDLE_TIMEOUT to 600s',
      expect: 'no 502 from the balancer while the service is well',
      rollback: `${wayBack.unset('HTTP_KEEP_ALIVE_TIMEOUT')}; where HTTP_BALANCER_IDLE_TIMEOUT is 72s or more, set it 20s above that instead`,
      source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/config-idle-timeout.html',
    }),
    keepAliveTimeoutBufferMs: duration({
      env: 'HTTP_KEEP_ALIVE_TIMEOUT_BUFFER',
      default: '1s',
      min: '0s',
      max: '1m',
      runtimes: ['node'],
      owner: serviceOwner,
      reason:
        'keeps an idle socket a little longer than the client was told, for a request that is already on its way; the default of Node since 24.6, stated',
      expect: 'no ECONNRESET in a client that honours the keep-alive header',
      rollback: wayBack.unset('HTTP_KEEP_ALIVE_TIMEOUT_BUFFER'),
      source: 'https://nodejs.org/api/http.html#serverkeepalivetimeoutbuffer',
    }),
    balancerIdleTimeoutMs: duration({
      env: 'HTTP_BALANCER_IDLE_TIMEOUT',
      default: '60s',
      min: '1s',
      max: '14m',
      owner: serviceOwner,
      reason:
        'states the idle time of the balancer in front, so that the other time-outs can be checked against it; nothing else reads it',
      expect: 'the same value as in the balancer',
      rollback: 'set it to what the balancer says, and HTTP_KEEP_ALIVE_TIMEOUT at least 5s above it',
      source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/config-idle-timeout.html',
    }),
    handlerTimeoutMs: duration({
      env: 'HTTP_HANDLER_TIMEOUT',
      default: '25s',
      min: '1s',
      max: '4m',
      owner: serviceOwner,
      reason:
        'an answer of our own before the balancer gives up; on Fastify it runs from the moment the headers are there; Fastify and uvicorn wait for ever',
      expect: 'a stuck request gets 503 in 25s',
      rollback: wayBack.unsetTogether('HTTP_HANDLER_TIMEOUT'),
      source: 'https://fastify.dev/docs/latest/Reference/Server/#handlertimeout',
    }),
    drainTimeoutMs: duration({
      env: 'HTTP_DRAIN_TIMEOUT',
      default: '30s',
      min: '1s',
      max: '5m',
      owner: serviceOwner,
      reason:
        'how long requests in flight may take to finish after SIGTERM, less than the platform waits before SIGKILL; as advice, which no rule checks: not less than HTTP_HANDLER_TIMEOUT, or a request that is still allowed to run is cut off',
      expect: 'a restart loses no request that ends within 30s, and the process exits 0',
      rollback: wayBack.unsetTogether('HTTP_DRAIN_TIMEOUT'),
    }),
  };
}
