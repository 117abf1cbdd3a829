// What the breaker settings of httpClient do in a real opossum: when it opens, what it refuses, and when it closes again.
import { setTimeout as delay } from 'node:timers/promises';

import CircuitBreaker from 'opossum';
import { describe, expect, it, onTestFinished } from 'vitest';

import { toOpossum } from '../adapters/to-opossum.ts';
import { httpClient } from '../groups/http-client.ts';
import { patience } from '../testing/raw-connection.ts';
import { loadGroup } from '../testing/shipped-groups.ts';

/** A breaker around a callee that fails, works or is silent as the test says; `calls` counts what reached the callee. */
function createBreaker(env: Readonly<Record<string, string>>) {
  const callee = { state: 'fails' as 'fails' | 'works' | 'is silent', calls: 0 };
  const breaker = new CircuitBreaker(
    () => {
      callee.calls += 1;
      if (callee.state === 'is silent') return new Promise<string>(() => undefined);
      return callee.state === 'works' ? Promise.resolve('ok') : Promise.reject(new Error('callee failed'));
    },
    toOpossum(loadGroup(httpClient, env)),
  );
  onTestFinished(() => breaker.shutdown());
  const fire = () =>
    breaker.fire().catch((error: unknown) => {
      const { code, message } = error as Error & { code?: string };
      return code ?? message;
    });
  return { breaker, callee, fire };
}

describe('the breaker', { timeout: 30_000 }, () => {
  it('opens after the minimum of calls, refuses, and closes when a call works again', async () => {
    const { breaker, callee, fire } = createBreaker({
      HTTP_CLIENT_BREAKER_MINIMUM_CALLS: '3',
      HTTP_CLIENT_BREAKER_OPEN: '1s',
    });
    expect([await fire(), await fire(), breaker.opened]).toEqual(['callee failed', 'callee failed', false]);
    expect([await fire(), breaker.opened]).toEqual(['callee failed', true]);
    expect([await fire(), callee.calls]).toEqual(['EOPENBREAKER', 3]);
    callee.state = 'works';
    await expect.poll(fire, patience).toBe('ok');
    expect([breaker.closed, callee.calls]).toEqual([true, 4]);
  });

  it('opens above the ratio, not at it', async () => {
    const { breaker, callee, fire } = createBreaker({
      HTTP_CLIENT_BREAKER_MINIMUM_CALLS: '2',
      HTTP_CLIENT_BREAKER_ERROR_RATIO: '0.5',
    });
    callee.state = 'works';
    await fire();
    callee.state = 'fails';
    await fire();
    expect(breaker.opened).toBe(false);
    await fire();
    expect(breaker.opened).toBe(true);
  });

  it('forgets what is older than its window', async () => {
    const { breaker, fire } = createBreaker({
      HTTP_CLIENT_BREAKER_MINIMUM_CALLS: '3',
      HTTP_CLIENT_BREAKER_WINDOW: '1s',
    });
    await fire();
    await fire();
    await delay(1_500);
    await fire();
    expect([breaker.stats.failures, breaker.opened]).toEqual([1, false]);
  });

  it('counts a call beyond the deadline as failed', async () => {
    const { breaker, callee, fire } = createBreaker({
      HTTP_CLIENT_BREAKER_MINIMUM_CALLS: '1',
      HTTP_CLIENT_DEADLINE: '500ms',
      HTTP_CLIENT_HEADERS_TIMEOUT: '100ms',
    });
    callee.state = 'is silent';
    expect([await fire(), breaker.opened]).toEqual(['ETIMEDOUT', true]);
  });
});
