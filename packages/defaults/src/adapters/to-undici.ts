import type { Values } from '../declare/group.ts';
import type { httpClient } from '../groups/http-client.ts';

import { retryAfterMs } from './retry-after.ts';
import { createRetryBudget } from './retry-budget.ts';

type HttpClientValues = Values<(typeof httpClient)['settings']>;

/** What undici says about a failed attempt. */
export interface UndiciFailure extends Error {
  readonly code?: string;
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>;
}

/** The options of `undici` that these settings decide. */
export interface UndiciOptions {
  /** For `new Agent(agent)`. */
  readonly agent: {
    readonly connect: { readonly timeout: number };
    readonly headersTimeout: number;
    readonly bodyTimeout: number;
    readonly connections: number;
    readonly keepAliveTimeout: number;
    readonly keepAliveMaxTimeout: number;
    readonly maxResponseSize: number;
  };
  /** For `agent.compose(interceptors.retry(retry))`. */
  readonly retry: {
    readonly maxRetries: number;
    readonly minTimeout: number;
    readonly maxTimeout: number;
    readonly timeoutFactor: number;
    readonly methods: string[];
    readonly statusCodes: number[];
    readonly errorCodes: string[];
    readonly retryAfter: boolean;
    /** Returns the timer of the wait, so that undici can end it when the caller gives up. */
    readonly retry: (
      failure: Error,
      context: { readonly state: { readonly counter: number }; readonly opts: { readonly method: string } },
      done: (failure?: Error | null) => void,
    ) => unknown;
  };
  /** For each call: starts the deadline of the call, its retries included, and counts it for the retry budget. */
  readonly request: () => { readonly signal: AbortSignal };
}

const connectionFailures =
  'ECONNRESET ECONNREFUSED ENOTFOUND ENETDOWN ENETUNREACH EHOSTDOWN EHOSTUNREACH EPIPE UND_ERR_SOCKET';
// undici itself does not retry these: the time-outs before an answer began.
const timeouts = 'UND_ERR_CONNECT_TIMEOUT UND_ERR_HEADERS_TIMEOUT';
const errorCodes = `${connectionFailures} ${timeouts}`.split(' ');

/**
 * Turns loaded settings into the options of `undici`: the agent, its retries, and the deadline of one call.
 *
 * Spread `request()` into every call, once for each: without it there is no deadline, and the retry budget ends with
 * its first few retries. A server that asks for a longer wait than the backoff cap is not tried again. undici looks at
 * its time-outs for headers and body twice a second: they act up to a second late, the deadline does not.
 *
 * @param random - a number from 0 up to 1, drawn before each retry
 * @example
 * ```ts
 * import { httpClient, loadSettings, toUndici } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ client: httpClient }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * // const { agent, retry, request } = toUndici(settings.client);
 * // const client = new Agent(agent).compose(interceptors.retry(retry));
 * // await client.request({ origin: 'https://prices.example', path: '/today', method: 'GET', ...request() });
 * const { agent, retry, request } = toUndici(settings.client);
 * if (agent.connect.timeout !== 2_000 || retry.maxRetries !== 2) throw new Error('expected two retries, 2s to connect');
 * if (request().signal.aborted) throw new Error('the deadline has only begun');
 * ```
 */
export function toUndici(settings: HttpClientValues, random: () => number = Math.random): UndiciOptions {
  const { backoffBaseMs, backoffCapMs, jitter } = settings;
  const maxRetries = settings.attempts - 1;
  const methods = settings.retryMethods.split(',');
  const statusCodes = settings.retryStatuses.split(',').map(Number);
  const budget = createRetryBudget(settings.retryBudget, maxRetries);

  function isWorthARetry({ code, statusCode }: UndiciFailure, method: string): boolean {
    if (!methods.includes(method)) return false;
    return statusCode === undefined
      ? code === undefined || errorCodes.includes(code)
      : statusCodes.includes(statusCode);
  }
  function delayMs(counter: number): number {
    const longest = Math.min(backoffBaseMs * 2 ** (counter - 1), backoffCapMs);
    return jitter === 'full' ? random() * longest : longest;
  }

  return {
    agent: {
      connect: { timeout: settings.connectTimeoutMs },
      headersTimeout: settings.headersTimeoutMs,
      bodyTimeout: settings.bodyTimeoutMs,
      connections: settings.connectionsPerOrigin,
      keepAliveTimeout: settings.idleTimeoutMs,
      // A server that announces a longer time would raise it to ten minutes.
      keepAliveMaxTimeout: settings.idleTimeoutMs,
      maxResponseSize: settings.maxResponseBytes,
    },
    retry: {
      maxRetries,
      minTimeout: backoffBaseMs,
      maxTimeout: backoffCapMs,
      timeoutFactor: 2,
      methods,
      statusCodes,
      errorCodes,
      retryAfter: true,
      retry(failure: UndiciFailure, { state: { counter }, opts }, done) {
        const askedMs = retryAfterMs(failure.headers, Date.now());
        if (counter > maxRetries || askedMs > backoffCapMs || !isWorthARetry(failure, opts.method) || !budget.retry())
          return done(failure);
        return setTimeout(done, Math.max(askedMs, delayMs(counter)));
      },
    },
    request() {
      budget.call();
      return { signal: AbortSignal.timeout(settings.deadlineMs) };
    },
  };
}
