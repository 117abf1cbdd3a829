import { describe, expect, it } from 'vitest';
import { createHealth } from '../create-health.ts';
import { serve } from '../testing/serve.ts';
import { Recorder } from './recorder.ts';
import type { CacheClass } from './request-marks.ts';

const cacheClasses: readonly CacheClass[] = ['hit', 'miss', 'none'];
const methods = ['GET', 'POST', 'DELETE', 'BREW', undefined];

describe('what is recorded', () => {
  it('stays bounded and exact, whatever paths, methods and statuses arrive', () => {
    const recorder = new Recorder(50);
    const count = 60_000;
    for (let index = 0; index < count; index += 1) {
      recorder.begin();
      recorder.end(
        index / 10,
        {
          route: `/orders/${index % 20_000}`,
          cache: cacheClasses[index % 3] ?? 'none',
          databaseCalls: 2,
          startedAt: (index - 7) / 10,
        },
        methods[index % methods.length],
        100 + (index % 900),
      );
    }
    const { total, routes } = recorder.readWindow(count / 10);
    const series = recorder.readSinceStart();
    expect([routes.size, series.length <= 2900]).toEqual([51, true]);
    expect(total.requests).toBe(count);
    expect([...routes.values()].reduce((sum, { requests }) => sum + requests, 0)).toBe(count);
    expect(series.reduce((sum, each) => sum + each.count, 0)).toBe(count);
    expect(recorder.readTotals()).toEqual({
      cacheHits: count / 3,
      cacheMisses: count / 3,
      databaseCalls: 2 * count,
      activeRequests: 0,
    });
  });

  it('counts the requests that are under way', () => {
    const recorder = new Recorder(50);
    recorder.begin();
    recorder.begin();
    recorder.end(1, { cache: 'none', databaseCalls: 0, startedAt: 0 }, 'GET', 200);
    expect(recorder.readTotals().activeRequests).toBe(1);
  });

  it('tells as many routes apart as the option says, in the order of their first request', async () => {
    const health = createHealth({ serviceId: 'orders', releaseId: '1', maxRoutes: 2 });
    const { get } = await serve(
      health.wrap((request, response) => {
        health.route(request.url ?? '');
        response.end();
      }),
    );
    for (const path of ['/c', '/a', '/b', '/a', '/d'])
      // oxlint-disable-next-line no-await-in-loop -- in their order
      await (await get(path)).text();
    await expect.poll(() => health.snapshot().totals.activeRequests).toBe(0);
    const routes = [...health.snapshot().window.routes].map(([name, { requests }]) => [name, requests]);
    expect(Object.fromEntries(routes)).toEqual({ '/c': 1, '/a': 2, other: 2 });
  });

  it.each([undefined, '', 5, null])('keeps the route of a request that is named %j afterwards', async (template) => {
    const health = createHealth({ serviceId: 'orders', releaseId: '1' });
    const { get } = await serve(
      health.wrap((_request, response) => {
        health.route('/orders/{orderNumber}');
        health.route(template as string);
        response.end(health.current()?.route);
      }),
    );
    expect(await (await get('/')).text()).toBe('/orders/{orderNumber}');
  });
});
