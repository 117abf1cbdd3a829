import { describe, expect, it } from 'vitest';
import { measureTraffic } from './traffic-measurements.ts';
import { Traffic } from '../recording/traffic.ts';

const time = '2026-11-24T00:00:00.000Z';
const wallMs = Date.parse(time);

interface Sent {
  readonly requests: number;
  readonly errors?: number;
  readonly durationMs?: number;
  readonly calls?: number;
}

function trafficOf({ requests, errors = 0, durationMs = 1, calls = 0 }: Sent): Traffic {
  const traffic = new Traffic();
  for (let index = 0; index < requests; index += 1) {
    const marks = { cache: 'none', databaseCalls: calls, startedAt: 0 } as const;
    traffic.record(marks, durationMs, index < errors ? 500 : 200);
  }
  return traffic;
}

const statuses = (sent: Sent, objectives: Parameters<typeof measureTraffic>[1]) => {
  const { measurements } = measureTraffic(trafficOf(sent), objectives, wallMs);
  return Object.entries(measurements).flatMap(([name, { status }]) => (status === 'pass' ? [] : [`${name} ${status}`]));
};

describe('the measurements of traffic', () => {
  it('are null where nothing was measured', () => {
    const { slow, measurements } = measureTraffic(new Traffic(), { responseTimeMs: 1 }, wallMs);
    const common = { componentType: 'system', status: 'pass', time };
    const none = { n: 0, p95: null };
    expect(slow).toBe('not enough data');
    expect(measurements).toEqual({
      'http:responseTime': {
        ...common,
        observedUnit: 'ms',
        observedValue: { p50: null, p95: null, p99: null, hit: none, miss: none, none },
      },
      'http:errorRate': { ...common, observedUnit: '1', observedValue: null, requests: 0, errors: 0 },
      'cache:hitRatio': { ...common, observedUnit: '1', observedValue: null, lookups: 0, hits: 0, misses: 0 },
      'db:callsPerRequest': { ...common, observedUnit: '1', observedValue: null, calls: 0, requests: 0 },
    });
  });

  it('keep hits, misses and the rest apart, and count them together for the whole', () => {
    const traffic = new Traffic();
    for (const [cache, durationMs] of [
      ['hit', 0.01],
      ['hit', 0.01],
      ['miss', 0.02],
      ['none', 0.015],
    ] as const) {
      traffic.record({ cache, databaseCalls: cache === 'hit' ? 0 : 2, startedAt: 0 }, durationMs, 200);
    }
    const { measurements } = measureTraffic(traffic, {}, wallMs);
    expect(measurements['http:responseTime']?.observedValue).toEqual({
      p50: 0.01,
      p95: 0.02,
      p99: 0.02,
      hit: { n: 2, p95: 0.01 },
      miss: { n: 1, p95: 0.02 },
      none: { n: 1, p95: 0.02 },
    });
    expect(measurements['cache:hitRatio']).toMatchObject({ observedValue: 2 / 3, lookups: 3, hits: 2, misses: 1 });
    expect(measurements['db:callsPerRequest']).toMatchObject({ observedValue: 1, calls: 4, requests: 4 });
  });

  it.each([
    [39, 900, 250, 'not enough data'],
    [40, 900, 250, 'yes'],
    [40, 1, 250, 'no'],
    [40, 900, undefined, 'not enough data'],
  ] as const)('%d requests of %d ms against %j ms are slow: %s', (requests, durationMs, responseTimeMs, slow) => {
    const objectives = responseTimeMs === undefined ? {} : { responseTimeMs };
    expect(measureTraffic(trafficOf({ requests, durationMs }), objectives, wallMs).slow).toBe(slow);
  });

  it('warn when p95 is over its objective, not when it equals it', () => {
    // Below 16 microseconds the histogram is exact.
    const sent = { requests: 40, durationMs: 0.01 };
    expect(statuses(sent, { responseTimeMs: 0.01 })).toEqual([]);
    expect(statuses(sent, { responseTimeMs: 0.009 })).toEqual(['http:responseTime warn']);
  });

  it.each([
    [39, 1, []],
    [40, 1, ['http:errorRate warn']],
    [40, 0, []],
    [1000, 1, []],
    [1000, 2, ['http:errorRate warn']],
  ])(
    'of %d requests with %d errors warn from 40 requests on when over one in a thousand',
    (requests, errors, warned) => {
      expect(statuses({ requests, errors }, { errorRate: 0.001 })).toEqual(warned);
    },
  );

  it('warn when database calls per request are over their objective, not when they equal it', () => {
    expect(statuses({ requests: 5, calls: 3 }, { databaseCallsPerRequest: 3 })).toEqual([]);
    expect(statuses({ requests: 5, calls: 4 }, { databaseCallsPerRequest: 3 })).toEqual(['db:callsPerRequest warn']);
  });

  it('never warn without an objective', () => {
    expect(statuses({ requests: 100, errors: 100, durationMs: 9999, calls: 99 }, {})).toEqual([]);
  });
});
