import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationBoundsSeconds, SeriesSinceStart } from './request-series.ts';

const names = Array.from({ length: 60 }, (_, index) => (index === 0 ? 'other' : `/${index}`));

describe('the series since the start', () => {
  it('are apart by route, method and status', () => {
    const series = new SeriesSinceStart();
    for (const [route, method, status] of [
      [1, 'GET', 200],
      [1, 'GET', 404],
      [1, 'POST', 200],
      [2, 'GET', 200],
      [1, 'GET', 200],
    ] as const)
      series.record(route, method, status, 3);
    expect(series.read(names).map(({ route, method, status, count }) => [route, method, status, count])).toEqual([
      ['/1', 'GET', 200, 2],
      ['/1', 'GET', 404, 1],
      ['/1', 'POST', 200, 1],
      ['/2', 'GET', 200, 1],
    ]);
  });

  it.each(['PROPFIND', 'get', '', 'X'.repeat(1000), undefined])('name the method %s _OTHER', (method) => {
    const series = new SeriesSinceStart();
    series.record(0, method, 200, 1);
    expect(series.read(names)).toMatchObject([{ route: 'other', method: '_OTHER', status: 200, count: 1 }]);
  });

  it.each([
    [0, 0],
    [5, 0],
    [5.001, 1],
    [100, 5],
    [10_000, 13],
    [10_001, 14],
    [1e9, 14],
  ])('count %d ms in bucket %d', (durationMs, bucket) => {
    const series = new SeriesSinceStart();
    series.record(0, 'GET', 200, durationMs);
    expect(series.read(names)[0]?.bucketCounts.indexOf(1)).toBe(bucket);
  });

  it('count every request once and sum up every time', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 20_000, noNaN: true }), { minLength: 1 }), (durationsMs) => {
        const series = new SeriesSinceStart();
        for (const durationMs of durationsMs) series.record(1, 'GET', 200, durationMs);
        const [read] = series.read(names);
        const upTo = durationBoundsSeconds.map((bound) => durationsMs.filter((ms) => ms / 1000 <= bound).length);
        const cumulative = read?.bucketCounts.map((_, index, all) =>
          all.slice(0, index + 1).reduce((sum, count) => sum + count, 0),
        );
        expect(cumulative).toEqual([...upTo, durationsMs.length]);
        expect(read?.count).toBe(durationsMs.length);
        expect(read?.sumSeconds).toBeCloseTo(durationsMs.reduce((sum, ms) => sum + ms / 1000, 0));
      }),
    );
  });

  it('stay bounded, and lose no request and no status, whatever arrives', () => {
    const series = new SeriesSinceStart();
    const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'BREW'];
    let sent = 0;
    for (let route = 0; route < 60; route += 1)
      for (const method of methods)
        for (let status = 100; status < 1000; status += 100)
          for (let time = 0; time < 2; time += 1) {
            series.record(route, method, status + (route % 10), 1);
            sent += 1;
          }
    const read = series.read(names);
    expect(read.filter(({ route }) => route !== 'other').length).toBeLessThanOrEqual(500);
    // Then only statuses are told apart: this test sends ninety.
    expect(read.length).toBeLessThanOrEqual(500 + 90);
    expect(read.length).toBeGreaterThan(500);
    expect(read.reduce((sum, { count }) => sum + count, 0)).toBe(sent);
    const errors = read.filter(({ status }) => status >= 500).reduce((sum, { count }) => sum + count, 0);
    expect(errors).toBe((sent * 5) / 9);
  });

  it('are copies: a later request does not change what was read', () => {
    const series = new SeriesSinceStart();
    series.record(0, 'GET', 200, 1);
    const [before] = series.read(names);
    series.record(0, 'GET', 200, 1);
    expect([before?.count, before?.bucketCounts[0]]).toEqual([1, 1]);
  });
});
