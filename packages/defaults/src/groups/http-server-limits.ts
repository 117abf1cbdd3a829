import { bytes } from '../kinds/bytes.ts';
import { count } from '../kinds/count.ts';
import { duration } from '../kinds/duration.ts';
import { text } from '../kinds/text.ts';

import { serviceOwner } from './service-owner.ts';
import * as wayBack from './way-back.ts';

// Addresses only: a hop count or a `true` would believe whatever a client writes into X-Forwarded-For.
function networksPattern(): string {
  const octet = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
  const ipv4 = `${octet}([.]${octet}){3}(/(3[0-2]|[12]?[0-9]))?`;
  // Eight parts, or fewer around one `::`.
  const part = '[0-9a-fA-F]{1,4}';
  const shortened = [1, 2, 3, 4, 5, 6].map((after) => `(${part}:){1,${7 - after}}(:${part}){1,${after}}`);
  const address = [`(${part}:){7}${part}`, `(${part}:){1,7}:`, ...shortened, `:(:${part}){1,7}`, '::'].join('|');
  const ipv6 = `(${address})(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?`;
  return `none|(${ipv4}|${ipv6})(,(${ipv4}|${ipv6}))*`;
}

/** How much the server accepts, whom it believes, and when it turns requests away. */
export function httpServerLimits() {
  return {
    maxHeaderBytes: bytes({
      env: 'HTTP_MAX_HEADER_SIZE',
      default: '16KiB',
      min: '4KiB',
      max: '64KiB',
      owner: serviceOwner,
      reason: 'bounds memory for each connection; too many cookies go over it; the default of Node, stated',
      expect: 'larger headers get 431, and no client that works today sends any',
      rollback: wayBack.unset('HTTP_MAX_HEADER_SIZE'),
      source: 'https://nodejs.org/api/cli.html#--max-http-header-sizesize',
    }),
    bodyLimitBytes: bytes({
      env: 'HTTP_BODY_LIMIT',
      default: '1MiB',
      min: '1KiB',
      max: '50MiB',
      owner: serviceOwner,
      reason: 'bounds memory for each request; the default of Fastify, stated; uvicorn has no limit',
      expect: 'a larger body gets 413, and nothing of it is kept',
      rollback: wayBack.unset('HTTP_BODY_LIMIT'),
      source: 'https://fastify.dev/docs/latest/Reference/Server/#bodylimit',
    }),
    maxRequestsPerSocket: count({
      env: 'HTTP_MAX_REQUESTS_PER_SOCKET',
      default: 0,
      min: 0,
      max: 1_000_000,
      runtimes: ['node'],
      owner: serviceOwner,
      reason:
        '0 means no limit: a connection over a limit gets 503 for its next request, and a balancer sends very many; the default of Node, stated',
      expect: 'no 503 that the log of the service does not show',
      rollback: wayBack.unset('HTTP_MAX_REQUESTS_PER_SOCKET'),
      source: 'https://nodejs.org/api/http.html#servermaxrequestspersocket',
    }),
    trustedProxies: text({
      env: 'HTTP_TRUSTED_PROXIES',
      default: 'none',
      pattern: networksPattern(),
      expected: 'none, or addresses and networks joined by commas, such as 10.0.0.0/8',
      owner: serviceOwner,
      reason:
        'X-Forwarded-For is believed from these addresses only, because any client can write it: state the network of the balancer; Fastify trusts nobody, uvicorn the machine itself',
      expect: 'the log shows the address of the client, not of the balancer, and no client can choose it',
      rollback: wayBack.unset('HTTP_TRUSTED_PROXIES'),
      source: 'https://fastify.dev/docs/latest/Reference/Server/#trustproxy',
    }),
    maxEventLoopDelayMs: duration({
      env: 'HTTP_MAX_EVENT_LOOP_DELAY',
      default: '1s',
      min: '100ms',
      max: '1m',
      runtimes: ['node'],
      owner: serviceOwner,
      reason:
        'a process that lags by a second is overloaded: turning requests away keeps the rest fast; without it Node queues until clients give up',
      expect: 'under too much load some requests get 503 at once, and the others stay fast',
      rollback: wayBack.unset('HTTP_MAX_EVENT_LOOP_DELAY'),
      source: 'https://github.com/fastify/under-pressure',
    }),
    shedRetryAfterMs: duration({
      env: 'HTTP_SHED_RETRY_AFTER',
      default: '10s',
      min: '1s',
      max: '10m',
      runtimes: ['node'],
      owner: serviceOwner,
      reason:
        'tells a client that was turned away when to come back, in whole seconds; the default of under-pressure, stated',
      expect: 'a 503 for overload carries Retry-After: 10',
      rollback: wayBack.unset('HTTP_SHED_RETRY_AFTER'),
      source: 'https://github.com/fastify/under-pressure',
    }),
  };
}
