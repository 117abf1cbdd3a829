import { count } from '../kinds/count.ts';
import { duration } from '../kinds/duration.ts';
import { oneOf } from '../kinds/one-of.ts';
import { ratio } from '../kinds/ratio.ts';
import { text } from '../kinds/text.ts';

import { serviceOwner } from './service-owner.ts';
import * as wayBack from './way-back.ts';

/** What is tried again, how often, and after which pause. */
export function httpClientRetries() {
  return {
    attempts: count({
      env: 'HTTP_CLIENT_ATTEMPTS',
      default: 3,
      min: 1,
      max: 10,
      owner: serviceOwner,
      reason:
        'the first try and two more: what failed three times fails again, and each try is load; the retry agent of undici makes 6, got and the AWS SDK 3, httpx 1; 1 turns retries off',
      expect: 'a short failure of the callee is seldom seen by users, where the call may be made twice',
      rollback: `to stop all retries set HTTP_CLIENT_ATTEMPTS=1 and restart; else ${wayBack.unsetTogether('HTTP_CLIENT_ATTEMPTS')}`,
      source: 'https://sre.google/sre-book/handling-overload/',
    }),
    backoffBaseMs: duration({
      env: 'HTTP_CLIENT_BACKOFF_BASE',
      default: '100ms',
      min: '10ms',
      max: '10s',
      owner: serviceOwner,
      reason:
        'the longest pause before the second attempt; it doubles each time; undici pauses 500ms, the AWS SDK 100ms',
      expect:
        'the pause before the second attempt is at most 100ms, unless the callee asks with Retry-After for more, up to HTTP_CLIENT_BACKOFF_CAP',
      rollback: wayBack.unsetTogether('HTTP_CLIENT_BACKOFF_BASE'),
      source: 'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
    }),
    backoffCapMs: duration({
      env: 'HTTP_CLIENT_BACKOFF_CAP',
      default: '2s',
      min: '100ms',
      max: '5m',
      owner: serviceOwner,
      reason:
        'the pause never grows over this while a user waits; work in the background may take 20s; undici stops at 30s, the AWS SDK at 20s',
      expect: 'no pause is longer than 2s: a callee that asks for more with Retry-After is not tried again',
      rollback: wayBack.unsetTogether('HTTP_CLIENT_BACKOFF_CAP'),
      source: 'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
    }),
    jitter: oneOf(['full', 'none'], {
      env: 'HTTP_CLIENT_JITTER',
      default: 'full',
      owner: serviceOwner,
      reason:
        'full draws each pause between 0 and its length, so that clients that failed together do not come back together; undici has none',
      expect: 'after an outage of the callee its load rises evenly, not in waves',
      rollback: wayBack.unset('HTTP_CLIENT_JITTER'),
      source: 'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
    }),
    retryBudget: ratio({
      env: 'HTTP_CLIENT_RETRY_BUDGET',
      default: 0.1,
      min: 0,
      max: 1,
      owner: serviceOwner,
      reason:
        'retries may be at most a tenth of all calls: a callee that is down gets 1.1 times its load, not 3 times; undici and httpx have no budget',
      expect: 'during an outage of the callee we send it about a tenth more calls than before, not three times as many',
      rollback: wayBack.unset('HTTP_CLIENT_RETRY_BUDGET'),
      source: 'https://sre.google/sre-book/handling-overload/',
    }),
    retryMethods: text({
      env: 'HTTP_CLIENT_RETRY_METHODS',
      default: 'GET,HEAD,OPTIONS,PUT,DELETE',
      pattern: '(GET|HEAD|OPTIONS|TRACE|PUT|DELETE|POST|PATCH)(,(GET|HEAD|OPTIONS|TRACE|PUT|DELETE|POST|PATCH))*',
      expected: 'HTTP methods in upper case joined by commas, such as GET,HEAD',
      owner: serviceOwner,
      reason:
        'only what may safely happen twice is tried again: add POST only where the callee knows an idempotency key; undici adds TRACE',
      expect: 'nothing that must happen once, such as a payment or a mail, happens twice because of a retry',
      rollback: wayBack.unset('HTTP_CLIENT_RETRY_METHODS'),
      source: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-9.2.2',
    }),
    retryStatuses: text({
      env: 'HTTP_CLIENT_RETRY_STATUSES',
      default: '429,502,503,504',
      pattern: '[45][0-9][0-9](,[45][0-9][0-9])*',
      expected: 'status codes from 400 to 599 joined by commas, such as 502,503',
      owner: serviceOwner,
      reason:
        'these say that the callee is busy or a proxy lost it, so a later try may work; its Retry-After is honoured; undici adds 500, which tells of a bug',
      expect: 'a 500 or a 404 is seen at once, and a 503 in passing is seldom seen',
      rollback: wayBack.unset('HTTP_CLIENT_RETRY_STATUSES'),
      source: 'https://github.com/nodejs/undici/blob/main/docs/docs/api/RetryHandler.md',
    }),
  };
}
