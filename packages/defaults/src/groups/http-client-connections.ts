import { bytes } from '../kinds/bytes.ts';
import { count } from '../kinds/count.ts';
import { duration } from '../kinds/duration.ts';
import { ratio } from '../kinds/ratio.ts';

import { serviceOwner } from './service-owner.ts';
import * as wayBack from './way-back.ts';

/** When calls stop for a while, and how many connections and bytes they may hold. */
export function httpClientConnections() {
  return {
    breakerErrorRatio: ratio({
      env: 'HTTP_CLIENT_BREAKER_ERROR_RATIO',
      default: 0.5,
      min: 0.05,
      // opossum opens above the ratio, and nothing is above 1.
      max: 0.99,
      owner: serviceOwner,
      reason:
        'when more than half of the calls fail the callee is down: calls stop at once instead of waiting for their time-outs; opossum and resilience4j take 50% too',
      expect:
        'once more than half of the calls have failed, the next ones fail in a millisecond; while the callee is well the breaker never opens',
      rollback: wayBack.unset('HTTP_CLIENT_BREAKER_ERROR_RATIO'),
      source: 'https://nodeshift.dev/opossum/',
    }),
    breakerWindowMs: duration({
      env: 'HTTP_CLIENT_BREAKER_WINDOW',
      default: '10s',
      min: '1s',
      max: '10m',
      owner: serviceOwner,
      reason: 'the span over which calls and failed calls are counted; the default of opossum, stated',
      expect:
        'with 20 calls or more in 10s the breaker opens within about 20s of an outage, time-outs of calls included',
      rollback: wayBack.unset('HTTP_CLIENT_BREAKER_WINDOW'),
      source: 'https://nodeshift.dev/opossum/',
    }),
    breakerMinimumCalls: count({
      env: 'HTTP_CLIENT_BREAKER_MINIMUM_CALLS',
      default: 20,
      min: 1,
      max: 10_000,
      owner: serviceOwner,
      reason:
        'two failed calls of three prove nothing: the breaker stays closed below 20 calls in the window; opossum has 0, so one failure opens it',
      expect: 'a single failure at night does not open the breaker',
      rollback: wayBack.unset('HTTP_CLIENT_BREAKER_MINIMUM_CALLS'),
      source: 'https://nodeshift.dev/opossum/',
    }),
    breakerOpenMs: duration({
      env: 'HTTP_CLIENT_BREAKER_OPEN',
      default: '30s',
      min: '1s',
      max: '10m',
      owner: serviceOwner,
      reason:
        'lets the callee recover before one call is let through as a trial; the default of opossum, stated; resilience4j waits 60s',
      expect: 'calls work again at most about 30s after the callee does',
      rollback: wayBack.unset('HTTP_CLIENT_BREAKER_OPEN'),
      source: 'https://nodeshift.dev/opossum/',
    }),
    connectionsPerOrigin: count({
      env: 'HTTP_CLIENT_CONNECTIONS_PER_ORIGIN',
      default: 50,
      min: 1,
      max: 10_000,
      owner: serviceOwner,
      reason:
        'bounds sockets to one callee, so that a slow one cannot take all of ours; Node and undici have no limit, httpx 100 in all',
      expect: 'at most 50 open connections from one process to one host and port',
      rollback: wayBack.unset('HTTP_CLIENT_CONNECTIONS_PER_ORIGIN'),
      source: 'https://github.com/nodejs/undici/blob/main/docs/docs/api/Pool.md',
    }),
    idleTimeoutMs: duration({
      env: 'HTTP_CLIENT_IDLE_TIMEOUT',
      default: '4s',
      min: '1s',
      max: '10m',
      owner: serviceOwner,
      reason:
        'an idle connection is closed here before a server closes it, which Node and uvicorn do after 5s: otherwise a request meets a closing socket; undici has 4s, httpx 5s',
      expect: 'no ECONNRESET on the first request after a pause, where the server waits 5s or longer',
      rollback: wayBack.unset('HTTP_CLIENT_IDLE_TIMEOUT'),
      source: 'https://github.com/nodejs/undici/blob/main/docs/docs/api/Client.md',
    }),
    maxResponseBytes: bytes({
      env: 'HTTP_CLIENT_MAX_RESPONSE_SIZE',
      default: '10MiB',
      min: '1KiB',
      max: '1GiB',
      owner: serviceOwner,
      reason: 'bounds the memory that one answer can take; undici, axios and httpx take any size',
      expect: 'an answer over 10MiB fails its call, and none that is read today is so large',
      rollback: wayBack.unset('HTTP_CLIENT_MAX_RESPONSE_SIZE'),
      source: 'https://github.com/nodejs/undici/blob/main/docs/docs/api/Client.md',
    }),
  };
}
