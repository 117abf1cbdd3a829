import type { Values } from '../declare/group.ts';
import type { httpClient } from '../groups/http-client.ts';

type HttpClientValues = Values<(typeof httpClient)['settings']>;

/** The options of `opossum` that these settings decide. */
export interface OpossumOptions {
  timeout: number;
  /** In percent. */
  errorThresholdPercentage: number;
  rollingCountTimeout: number;
  volumeThreshold: number;
  resetTimeout: number;
}

/**
 * Turns loaded settings into the options of the circuit breaker `opossum`.
 *
 * Without a minimum of calls, which is what opossum ships, one failure opens it. It keeps the object it is given and
 * writes into it: call this once for each breaker.
 *
 * @example
 * ```ts
 * import { httpClient, loadSettings, toOpossum } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ client: httpClient }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * if (toOpossum(settings.client).errorThresholdPercentage !== 50) throw new Error('expected percent');
 * ```
 */
export function toOpossum(
  settings: Pick<
    HttpClientValues,
    'deadlineMs' | 'breakerErrorRatio' | 'breakerWindowMs' | 'breakerMinimumCalls' | 'breakerOpenMs'
  >,
): OpossumOptions {
  return {
    timeout: settings.deadlineMs,
    // A ratio has at most six decimals: 0.07 is 7 percent, not 7.000000000000001.
    errorThresholdPercentage: Math.round(settings.breakerErrorRatio * 1e6) / 1e4,
    rollingCountTimeout: settings.breakerWindowMs,
    volumeThreshold: settings.breakerMinimumCalls,
    resetTimeout: settings.breakerOpenMs,
  };
}
