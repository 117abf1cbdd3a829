import type { Objectives } from '../health-options.ts';
import { LogLinearHistogram } from '../recording/log-linear-histogram.ts';
import type { Traffic } from '../recording/traffic.ts';
import type { HealthAnswers, HealthMeasurement, HealthStatus } from './health-document.ts';

/** Fewer requests than this say nothing about a share of them. */
const enoughRequests = 40;

export interface TrafficMeasurements {
  readonly slow: HealthAnswers['slow'];
  readonly p95Ms: number | null;
  /** Requests with a time: answered below 500, and not hung up. */
  readonly timed: number;
  readonly measurements: Readonly<Record<string, HealthMeasurement>>;
}

/** Turns the sums of the window into the four measurements and the answer to "is it slow?". */
export function measureTraffic(
  traffic: Traffic,
  objectives: Readonly<Objectives>,
  wallMs: number,
): TrafficMeasurements {
  const time = new Date(wallMs).toISOString();
  const { times, requests, errors, databaseCalls: calls } = traffic;
  const { hit, miss, none } = times;
  const all = allTimes(traffic);

  const p95 = quantileMs(all, 0.95);
  const errorRate = ratio(errors, requests);
  const callsPerRequest = ratio(calls, requests);
  const lookups = hit.count + miss.count;
  const slow = over(p95, objectives.responseTimeMs);

  const measured = (
    observedValue: unknown,
    observedUnit: 'ms' | '1',
    counts: Readonly<Record<string, number>>,
    status: HealthStatus,
  ): HealthMeasurement => ({ componentType: 'system', observedValue, observedUnit, ...counts, status, time });
  const responseTime = {
    p50: quantileMs(all, 0.5),
    p95,
    p99: quantileMs(all, 0.99),
    hit: { n: hit.count, p95: quantileMs(hit, 0.95) },
    miss: { n: miss.count, p95: quantileMs(miss, 0.95) },
    none: { n: none.count, p95: quantileMs(none, 0.95) },
  };
  const cache = { lookups, hits: hit.count, misses: miss.count };
  const failing = requests >= enoughRequests && over(errorRate, objectives.errorRate);
  const chatty = over(callsPerRequest, objectives.databaseCallsPerRequest);
  const answerable = all.count >= enoughRequests && objectives.responseTimeMs !== undefined;
  return {
    slow: answerable ? (slow ? 'yes' : 'no') : 'not enough data',
    p95Ms: p95,
    timed: all.count,
    measurements: {
      'http:responseTime': measured(responseTime, 'ms', {}, warnIf(slow)),
      'http:errorRate': measured(errorRate, '1', { requests, errors }, warnIf(failing)),
      'cache:hitRatio': measured(ratio(hit.count, lookups), '1', cache, 'pass'),
      'db:callsPerRequest': measured(callsPerRequest, '1', { calls, requests }, warnIf(chatty)),
    },
  };
}

/** Hits, misses and the rest in one: what the users saw, and nothing to judge a change by. */
function allTimes({ times: { hit, miss, none } }: Traffic): LogLinearHistogram {
  const all = new LogLinearHistogram();
  for (const histogram of [hit, miss, none]) all.merge(histogram);
  return all;
}

/** Milliseconds with two decimals; null when nothing was recorded. */
export function quantileMs(histogram: LogLinearHistogram, share: number): number | null {
  const microseconds = histogram.quantile(share);
  return microseconds === null ? null : Math.round(microseconds / 10) / 100;
}

const warnIf = (condition: boolean): HealthStatus => (condition ? 'warn' : 'pass');
const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const over = (value: number | null, limit: number | undefined): boolean =>
  value !== null && limit !== undefined && value > limit;
