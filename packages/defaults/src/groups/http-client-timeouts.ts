import { duration } from '../kinds/duration.ts';

import { serviceOwner } from './service-owner.ts';
import * as wayBack from './way-back.ts';

/** How long a call may wait: for a connection, for an answer, for the next piece of it, and in all. */
export function httpClientTimeouts() {
  return {
    connectTimeoutMs: duration({
      env: 'HTTP_CLIENT_CONNECT_TIMEOUT',
      default: '2s',
      min: '100ms',
      max: '30s',
      owner: serviceOwner,
      reason:
        'a host that does not answer in 2s is down or out of reach; undici waits 10s, httpx 5s, axios as long as the system does',
      expect: 'each try to reach a host that is gone ends in about 2s; HTTP_CLIENT_ATTEMPTS says how many a call makes',
      rollback: wayBack.unset('HTTP_CLIENT_CONNECT_TIMEOUT'),
      source: 'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
    }),
    headersTimeoutMs: duration({
      env: 'HTTP_CLIENT_HEADERS_TIMEOUT',
      default: '3s',
      min: '100ms',
      max: '5m',
      owner: serviceOwner,
      reason:
        'how long one attempt waits for an answer to begin: 3 attempts fit into the deadline of 10s; if the callee has a known p99.9, take that; undici waits 300s, axios for ever, httpx 5s',
      expect: 'at most one call in a thousand ends by it while the callee is well',
      rollback: wayBack.unsetTogether('HTTP_CLIENT_HEADERS_TIMEOUT'),
      source: 'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
    }),
    bodyTimeoutMs: duration({
      env: 'HTTP_CLIENT_BODY_TIMEOUT',
      default: '10s',
      min: '100ms',
      max: '5m',
      owner: serviceOwner,
      reason:
        'the longest gap between two pieces of a body; each piece starts it anew; HTTP_CLIENT_DEADLINE bounds the whole call and acts first while it is no longer than this; undici waits 300s, httpx 5s',
      expect: 'a download that stalls fails within about 10s, even where the deadline was raised for long ones',
      rollback: wayBack.unset('HTTP_CLIENT_BODY_TIMEOUT'),
      source: 'https://github.com/nodejs/undici/blob/main/docs/docs/api/Client.md',
    }),
    deadlineMs: duration({
      env: 'HTTP_CLIENT_DEADLINE',
      default: '10s',
      min: '500ms',
      max: '10m',
      owner: serviceOwner,
      reason:
        'the whole call with all its attempts and pauses, shorter than the handler that waits for it; undici and httpx have none',
      expect: 'no call takes longer than 10s, so a handler that waits for one can still answer',
      rollback: wayBack.unsetTogether('HTTP_CLIENT_DEADLINE'),
      source: 'https://sre.google/sre-book/addressing-cascading-failures/',
    }),
  };
}
