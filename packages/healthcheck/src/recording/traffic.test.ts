import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CacheClass } from './request-marks.ts';
import { Traffic } from './traffic.ts';

const request = fc.record({
  cache: fc.constantFrom<CacheClass>('hit', 'miss', 'none'),
  databaseCalls: fc.nat({ max: 20 }),
  durationMs: fc.double({ min: 0, max: 100_000, noNaN: true }),
  status: fc.constantFrom(200, 304, 404, 422, 499, 500, 503),
});
type Request = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

function trafficOf(requests: readonly Request[]): Traffic {
  const traffic = new Traffic();
  for (const { cache, databaseCalls, durationMs, status } of requests)
    traffic.record({ cache, databaseCalls, startedAt: 0 }, durationMs, status);
  return traffic;
}

const plain = ({ times, failedTimes, calls, requests, errors, databaseCalls }: Traffic) => ({
  times: Object.fromEntries(Object.entries(times).map(([cache, histogram]) => [cache, histogram.sparse()])),
  failedTimes: failedTimes.sparse(),
  calls: { ...calls },
  requests,
  errors,
  databaseCalls,
});

describe('traffic', () => {
  it('keeps a failed request apart from a slow one', () => {
    const traffic = new Traffic();
    traffic.record({ cache: 'miss', databaseCalls: 3, startedAt: 0 }, 9000, 500);
    expect(plain(traffic)).toMatchObject({
      times: { hit: [], miss: [], none: [] },
      calls: { miss: 0 },
      requests: 1,
      errors: 1,
      databaseCalls: 3,
    });
    expect(traffic.failedTimes.count).toBe(1);
  });

  it('counts a hang-up as a request, and neither as an error nor as a time', () => {
    const traffic = new Traffic();
    traffic.record({ cache: 'hit', databaseCalls: 2, startedAt: 0 }, 30_000, 499);
    expect(plain(traffic)).toMatchObject({
      requests: 1,
      errors: 0,
      databaseCalls: 2,
      failedTimes: [],
      calls: { hit: 0 },
    });
    expect(traffic.times.hit.count).toBe(0);
  });

  it('counts each request in one place', () => {
    fc.assert(
      fc.property(fc.array(request), (requests) => {
        const { times, failedTimes, ...counts } = trafficOf(requests);
        const hungUp = requests.filter(({ status }) => status === 499).length;
        const timed = times.hit.count + times.miss.count + times.none.count;
        expect(timed + failedTimes.count + hungUp).toBe(requests.length);
        expect([counts.requests, counts.errors]).toEqual([requests.length, failedTimes.count]);
      }),
    );
  });

  it('is the same whether it is recorded at once or merged', () => {
    fc.assert(
      fc.property(fc.array(request), fc.array(request), (left, right) => {
        const merged = trafficOf(left);
        merged.merge(trafficOf(right));
        expect(plain(merged)).toEqual(plain(trafficOf([...left, ...right])));
      }),
    );
  });

  it('is empty again after it is cleared', () => {
    const traffic = trafficOf([{ cache: 'hit', databaseCalls: 2, durationMs: 5, status: 200 }]);
    traffic.clear();
    expect(plain(traffic)).toEqual(plain(new Traffic()));
  });
});
