import { getEventListeners } from 'node:events';
import { performance } from 'node:perf_hooks';
import { describe, expect, it, vi } from 'vitest';
import { createHealth } from '../create-health.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { serve } from '../testing/serve.ts';
import { hangs, periodMs, staleAfterMs, watchCheck } from '../testing/watch-check.ts';

/** What four popular helpers gave no answer to, or the wrong one. */
describe('a hostile check', () => {
  it('that hangs turns a stale green to a warning, however many probes look', async () => {
    let runs = 0;
    const { clock, health } = watchCheck({ run: () => ((runs += 1) === 1 ? true : hangs()), failAfter: 100 });
    await clock.advance(0);
    const { get } = await serve(health.wrap((_request, response) => response.end()));
    const probe = async () => ((await (await get('/healthz')).json()) as { status: string }).status;
    const statuses = async () => new Set(await Promise.all(Array.from({ length: 50 }, probe)));
    expect([await statuses(), runs]).toEqual([new Set(['pass']), 1]);
    await clock.advance(periodMs);
    expect([await statuses(), runs]).toEqual([new Set(['pass']), 2]);
    await clock.advance(1000 + staleAfterMs + 1);
    expect([await statuses(), runs]).toEqual([new Set(['warn']), 2]);
  });

  it.each([50, 500])('runs once per interval with %i probes at once while it is slow', async (count) => {
    let runs = 0;
    const run = () => {
      runs += 1;
      return new Promise((resolve) => clock.schedule(() => resolve(true), 300));
    };
    const { clock, health } = watchCheck({ run, gates: 'ready' });
    const { get } = await serve(health.wrap((_request, response) => response.end()));
    await clock.advance(100);
    const statuses = await Promise.all(Array.from({ length: count }, async () => (await get('/readyz')).status));
    expect([new Set(statuses), runs]).toEqual([new Set([503]), 1]);
    await clock.advance(200);
    expect([(await get('/readyz')).status, runs]).toEqual([200, 1]);
  });

  it('that ignores its signal leaks neither runs nor timers nor listeners, for as long as it hangs', async () => {
    const signals: AbortSignal[] = [];
    const { clock, failures } = watchCheck({
      run(signal) {
        signals.push(signal);
        return hangs();
      },
    });
    await clock.advance(24 * 3_600_000);
    expect([signals.length, failures.length, clock.pending()]).toEqual([1, 1, 1]);
    expect(getEventListeners(signals[0] as AbortSignal, 'abort')).toEqual([]);
  });

  it('goes stale on a clock that only goes forward: the system clock may be set to any time', async () => {
    const wall = vi.spyOn(Date, 'now');
    const elapsed = vi.spyOn(performance, 'now');
    const hand = createHandClock();
    let elapsedMs = 1000;
    wall.mockImplementation(() => hand.now());
    elapsed.mockImplementation(() => elapsedMs);
    const checks = { database: { run: () => true } };
    const health = createHealth({ serviceId: 'orders', releaseId: '1', checks, schedule: hand.schedule });
    const status = () => health.snapshot().checks[0]?.status;
    await hand.advance(0);
    expect(status()).toBe('pass');
    for (const jumpedMs of [-10 * 365 * 86_400_000, 10 * 365 * 86_400_000]) {
      wall.mockImplementation(() => hand.now() + jumpedMs);
      expect(status()).toBe('pass');
    }
    health.close();
    elapsedMs += staleAfterMs + 1;
    wall.mockImplementation(() => hand.now() - 86_400_000);
    expect(status()).toBe('warn');
  });
});
