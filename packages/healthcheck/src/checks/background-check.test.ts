import { describe, expect, it } from 'vitest';
import { createHealth } from '../create-health.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { fails, hangs, periodMs, staleAfterMs, watchCheck as watch } from '../testing/watch-check.ts';

const settlesThreeTimes = () => ({
  // oxlint-disable-next-line unicorn/no-thenable -- drivers return thenables of their own
  then: (resolve: () => void, reject: () => void) => [resolve(), resolve(), reject()],
});

describe('a background check', () => {
  it.each([
    ['report', 'warn', true],
    ['ready', 'fail', false],
  ] as const)('that gates %s is %s before its first run', (gates, status, ready) => {
    const { health, measurement } = watch({ run: () => true, gates });
    expect(measurement()).toMatchObject({
      status,
      observedValue: null,
      observedUnit: 'ms',
      componentType: 'component',
    });
    expect([health.document(false).status, health.ready()]).toEqual([status, ready]);
  });

  it('passes after a run and shows how long it took, to two decimals, and when', async () => {
    const run = () => new Promise((resolve) => clock.schedule(() => resolve(true), 12.3456));
    const { clock, measurement, health } = watch({ run, componentType: 'datastore' });
    await clock.advance(100);
    const time = new Date(1_800_000_000_012).toISOString();
    const expected = { componentType: 'datastore', observedValue: 12.35, observedUnit: 'ms', status: 'pass', time };
    expect(measurement()).toEqual(expected);
    expect(health.document(false).status).toBe('pass');
  });

  it.each([
    [0, 4500],
    [0.5, 5000],
    [0.999_999_999, 5500],
  ])('runs once per interval, apart by everyMs ±10 %% (%d: %d ms)', async (jitter, pauseMs) => {
    let runs = 0;
    const { clock } = watch({ run: () => (runs += 1) }, jitter);
    const seen: number[] = [];
    for (const stepMs of [pauseMs - 1, 1, pauseMs - 1, 1]) {
      // oxlint-disable-next-line no-await-in-loop -- steps follow each other
      await clock.advance(stepMs);
      seen.push(runs);
    }
    expect(seen).toEqual([1, 2, 2, 3]);
  });

  it.each([
    ['report', 'warn'],
    ['ready', 'fail'],
  ] as const)(
    'that gates %s is %s after failAfter failures in a row, and passes after one success',
    async (gates, bad) => {
      let broken = false;
      const { clock, status, health } = watch({
        run: () => (broken ? fails() : true),
        gates,
        failAfter: 3,
        everyMs: 5000,
      });
      await clock.advance(0);
      broken = true;
      const seen = [status()];
      for (let round = 0; round < 3; round += 1) {
        // oxlint-disable-next-line no-await-in-loop -- rounds follow each other
        await clock.advance(periodMs);
        seen.push(status());
      }
      expect(seen).toEqual(['pass', 'pass', 'pass', bad]);
      expect(health.ready()).toBe(gates === 'report');
      broken = false;
      await clock.advance(periodMs);
      expect([status(), health.ready()]).toEqual(['pass', true]);
    },
  );

  it('that never passed is not green after its first failure', async () => {
    const { clock, status } = watch({ run: fails, failAfter: 5, gates: 'ready' });
    await clock.advance(0);
    expect(status()).toBe('fail');
  });

  it('that hangs fails at its time-out, has its signal aborted, and is not run a second time', async () => {
    let runs = 0;
    let signal: AbortSignal | undefined;
    const run = (given: AbortSignal) => {
      runs += 1;
      signal = given;
      return hangs();
    };
    const { clock, failures, measurement } = watch({ run });
    await clock.advance(999);
    expect([failures.length, signal?.aborted]).toEqual([0, false]);
    await clock.advance(1);
    expect(failures).toMatchObject([{ check: 'database', consecutiveFailures: 1 }]);
    expect(String(failures[0]?.error)).toBe('Error: the check database did not finish within 1000 ms');
    expect([signal?.aborted, signal?.reason]).toEqual([true, failures[0]?.error]);
    expect(measurement()?.observedValue).toBe(1000);
    await clock.advance(10_000_000);
    expect([runs, failures.length, clock.pending()]).toEqual([1, 1, 1]);
  });

  it('that obeys its signal is run again in the next interval', async () => {
    let runs = 0;
    const run = (signal: AbortSignal) => {
      runs += 1;
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    };
    const { clock, failures } = watch({ run });
    await clock.advance(1000 + periodMs + 1000);
    expect(runs).toBe(2);
    expect(failures.map(({ consecutiveFailures }) => consecutiveFailures)).toEqual([1, 2]);
  });

  it('that wakes up late is not counted twice, and runs again', async () => {
    let runs = 0;
    const wake: ((value: boolean) => void)[] = [];
    const run = () => {
      runs += 1;
      return runs === 1 ? new Promise((resolve) => wake.push(resolve)) : true;
    };
    const { clock, failures, status } = watch({ run });
    await clock.advance(30_000);
    wake[0]?.(true);
    await clock.advance(0);
    expect([runs, failures.length, status()]).toEqual([1, 1, 'warn']);
    await clock.advance(periodMs);
    expect([runs, failures.length, status()]).toEqual([2, 1, 'pass']);
  });

  it.each([
    ['report', 'warn'],
    ['ready', 'fail'],
  ] as const)('that gates %s goes stale when it hangs after it passed: %s', async (gates, stale) => {
    let runs = 0;
    const { clock, status } = watch({ run: () => ((runs += 1) === 1 ? true : hangs()), gates, failAfter: 100 });
    await clock.advance(periodMs + 1000);
    expect([runs, status()]).toEqual([2, 'pass']);
    await clock.advance(staleAfterMs + 1000);
    expect([runs, status()]).toEqual([2, stale]);
  });

  it('is fresh up to 3 x (everyMs + timeoutMs) after its last run, and not a millisecond longer', async () => {
    const { clock, status, health } = watch({ run: () => true });
    await clock.advance(0);
    health.close();
    await clock.advance(staleAfterMs);
    expect(status()).toBe('pass');
    await clock.advance(1);
    expect(status()).toBe('warn');
  });

  it.each([
    ['throws at once', () => JSON.parse('{') as unknown],
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- drivers do
    ['rejects with nothing', () => Promise.reject()],
    // oxlint-disable-next-line unicorn/no-thenable -- drivers return thenables of their own
    ['returns a thenable that throws', () => ({ then: () => JSON.parse('{') as unknown })],
  ])('that %s has failed, once', async (_, run) => {
    const { clock, failures, status } = watch({ run });
    await clock.advance(0);
    expect([failures.length, failures[0]?.consecutiveFailures, status()]).toEqual([1, 1, 'warn']);
  });

  it('that resolves twice, or resolves and rejects, has passed once', async () => {
    const { clock, failures, status } = watch({ run: settlesThreeTimes });
    await clock.advance(1000);
    expect([failures.length, status(), clock.pending()]).toEqual([0, 'pass', 1]);
  });

  it('may be an instance of a class', async () => {
    class Pool {
      #open = true;
      run() {
        return this.#open ? true : fails();
      }
    }
    const { clock, status } = watch(new Pool());
    await clock.advance(0);
    expect(status()).toBe('pass');
  });

  it('shows the text of its error to onCheckFailed only', async () => {
    const error = new Error('postgres://admin:hunter2@10.0.0.7/orders refused');
    const { clock, failures, health } = watch({ run: () => Promise.reject(error), failAfter: 1 });
    await clock.advance(0);
    expect(failures).toEqual([{ check: 'database', consecutiveFailures: 1, error }]);
    expect(JSON.stringify(health.document(true))).not.toMatch(/hunter2|10\.0\.0\.7|refused/);
  });

  it.each([
    ['throws', () => JSON.parse('{') as undefined],
    ['rejects', () => Promise.reject(new Error('log is full'))],
    ['is absent', undefined],
  ])('keeps running when onCheckFailed %s', async (_, callback) => {
    const clock = createHandClock();
    let runs = 0;
    const run = () => {
      runs += 1;
      return fails();
    };
    const { now, schedule } = clock;
    const checks = { database: { run, everyMs: 1000 } };
    const onCheckFailed = callback as () => void;
    createHealth({ serviceId: 'orders', releaseId: '1', checks, now, schedule, onCheckFailed });
    await clock.advance(2200);
    expect(runs).toBe(3);
  });

  it('stops on close: no timer is left, a running check is aborted and reports nothing', async () => {
    let signal: AbortSignal | undefined;
    const run = (given: AbortSignal) => {
      signal = given;
      return new Promise((_, reject) => given.addEventListener('abort', () => reject(new Error('aborted'))));
    };
    const { clock, failures, health } = watch({ run });
    await clock.advance(500);
    health.close();
    health.close();
    await clock.advance(1_000_000);
    expect([signal?.aborted, failures.length, clock.pending()]).toEqual([true, 0, 0]);
  });
});
