import { describe, expect, it } from 'vitest';
import { createHealth } from '../create-health.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { serve } from '../testing/serve.ts';
import { fails, hangs, periodMs, watchCheck } from '../testing/watch-check.ts';

describe('a check that gates the startup', () => {
  it('keeps the service from being started, and from being ready, until it has passed once', async () => {
    let broken = true;
    const { clock, health, status } = watchCheck({ run: () => (broken ? fails() : true), gates: 'startup' });
    const { get } = await serve(health.wrap((_request, response) => response.end()));
    const served = async () =>
      Promise.all(['/startupz', '/readyz', '/livez'].map(async (path) => (await get(path)).status));
    expect([await served(), status(), health.document(false).answers.up]).toEqual([
      [503, 503, 200],
      'fail',
      'starting',
    ]);
    await clock.advance(0);
    expect([await served(), status()]).toEqual([[503, 503, 200], 'fail']);
    broken = false;
    await clock.advance(periodMs);
    expect([await served(), status(), health.document(false).answers.up]).toEqual([[200, 200, 200], 'pass', 'yes']);
  });

  it('reports from then on, and stays started', async () => {
    let broken = false;
    const { clock, health, status } = watchCheck({
      run: () => (broken ? fails() : true),
      gates: 'startup',
      failAfter: 1,
    });
    await clock.advance(0);
    broken = true;
    await clock.advance(periodMs);
    expect([status(), health.ready(), health.snapshot().started]).toEqual(['warn', true, true]);
  });

  it('waits for every such check, and for no other', async () => {
    const clock = createHandClock();
    const { now, schedule } = clock;
    const slow = () => new Promise((resolve) => schedule(() => resolve(true), 500));
    const health = createHealth({
      serviceId: 'orders',
      releaseId: '1',
      now,
      schedule,
      checks: {
        quick: { run: () => true, gates: 'startup' },
        slow: { run: slow, gates: 'startup' },
        never: { run: hangs, gates: 'report' },
      },
    });
    await clock.advance(499);
    expect([health.snapshot().started, health.ready()]).toEqual([false, false]);
    await clock.advance(1);
    expect([health.snapshot().started, health.ready()]).toEqual([true, true]);
  });

  it('is not needed: without one the service has started', () => {
    const health = createHealth({ serviceId: 'orders', releaseId: '1' });
    expect([health.snapshot().started, health.ready()]).toEqual([true, true]);
  });
});
