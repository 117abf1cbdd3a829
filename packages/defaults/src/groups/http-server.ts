import { defineDefaults } from '../declare/define-defaults.ts';
import { bytes } from '../kinds/bytes.ts';
import { count } from '../kinds/count.ts';
import { duration } from '../kinds/duration.ts';
import { text } from '../kinds/text.ts';

import { serviceOwner } from './service-owner.ts';

const owner = serviceOwner;
const oneInstanceFirst = 'and restart one instance; watch it, then restart the rest';

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
export const httpServer = defineDefaults(
  'httpServer',
  'HTTP_',
  {
    host: text({
      env: 'HTTP_HOST',
      default: '0.0.0.0',
      in: { development: '127.0.0.1', test: '127.0.0.1' },
      owner,
      reason:
        'a balancer or a probe reaches the service from outside its container; a workstation should not be reached',
      expect: 'the balancer gets answers, and nobody reaches a workstation',
      rollback: `unset HTTP_HOST ${oneInstanceFirst}`,
    }),
    port: count({
      env: 'HTTP_PORT',
      default: 8080,
      min: 0,
      max: 65_535,
      owner,
      reason: 'a port that needs no privilege; 0 binds a free one, and the first log line names it',
      expect: 'the first log line carries the port',
      rollback: `unset HTTP_PORT ${oneInstanceFirst}`,
    }),
    requestTimeoutMs: duration({
      env: 'HTTP_REQUEST_TIMEOUT',
      default: '30s',
      min: '1s',
      max: '5m',
      owner,
      reason: 'bounds how long a slow client may take to send a whole request; Node waits 300s, uvicorn for ever',
      expect: 'a stalled upload gets 408 in about 30s',
      rollback: `unset HTTP_REQUEST_TIMEOUT ${oneInstanceFirst}`,
      source: 'https://nodejs.org/api/http.html#serverrequesttimeout',
    }),
    headersTimeoutMs: duration({
      env: 'HTTP_HEADERS_TIMEOUT',
      default: '15s',
      min: '1s',
      max: '1m',
      runtimes: ['node'],
      owner,
      reason: 'slow headers hold a socket; Node waits 60s',
      expect: 'a client that sends one header a minute is cut off',
      rollback: `unset HTTP_HEADERS_TIMEOUT ${oneInstanceFirst}`,
      source: 'https://nodejs.org/api/http.html#serverheaderstimeout',
    }),
    keepAliveTimeoutMs: duration({
      env: 'HTTP_KEEP_ALIVE_TIMEOUT',
      default: '72s',
      min: '1s',
      max: '15m',
      owner,
      reason:
        'a balancer reuses a connection until its own idle time ends; Node and uvicorn hang up after 5s, which is answered with 502',
      expect: 'no 502 from the balancer while the service is well',
      rollback: `unset HTTP_KEEP_ALIVE_TIMEOUT ${oneInstanceFirst}`,
      source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/config-idle-timeout.html',
    }),
    balancerIdleTimeoutMs: duration({
      env: 'HTTP_BALANCER_IDLE_TIMEOUT',
      default: '60s',
      min: '1s',
      max: '14m',
      owner,
      reason:
        'states the idle time of the balancer in front, so that the other time-outs can be checked against it; nothing else reads it',
      expect: 'the same value as in the balancer',
      rollback: 'set it to what the balancer says',
      source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/config-idle-timeout.html',
    }),
    handlerTimeoutMs: duration({
      env: 'HTTP_HANDLER_TIMEOUT',
      default: '25s',
      min: '1s',
      max: '4m',
      owner,
      reason: 'an answer of our own before the balancer gives up; Fastify and uvicorn wait for ever',
      expect: 'a stuck request gets 503 in 25s with its request id',
      rollback: `unset HTTP_HANDLER_TIMEOUT ${oneInstanceFirst}`,
      source: 'https://fastify.dev/docs/latest/Reference/Server/#handlertimeout',
    }),
    drainTimeoutMs: duration({
      env: 'HTTP_DRAIN_TIMEOUT',
      default: '20s',
      min: '1s',
      max: '5m',
      owner,
      reason:
        'how long requests in flight may take to finish after SIGTERM; less than the platform waits before SIGKILL',
      expect: 'a restart loses no request, and exits 0',
      rollback: `unset HTTP_DRAIN_TIMEOUT ${oneInstanceFirst}`,
    }),
    maxHeaderBytes: bytes({
      env: 'HTTP_MAX_HEADER_SIZE',
      default: '16KiB',
      min: '4KiB',
      max: '64KiB',
      owner,
      reason: 'bounds memory for each connection; cookies over it are refused',
      expect: 'no client that works today is refused',
      rollback: `unset HTTP_MAX_HEADER_SIZE ${oneInstanceFirst}`,
      source: 'https://nodejs.org/api/cli.html#--max-http-header-sizesize',
    }),
    bodyLimitBytes: bytes({
      env: 'HTTP_BODY_LIMIT',
      default: '1MiB',
      min: '1KiB',
      max: '50MiB',
      owner,
      reason: 'bounds memory for each request; an order is under 200 bytes',
      expect: 'a larger body gets 413, and nothing of it is kept',
      rollback: `unset HTTP_BODY_LIMIT ${oneInstanceFirst}`,
      source: 'https://fastify.dev/docs/latest/Reference/Server/#bodylimit',
    }),
  },
  [
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
  ],
);
