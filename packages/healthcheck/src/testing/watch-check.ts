import { vi } from 'vitest';
import { createHealth } from '../create-health.ts';
import type { Check, CheckFailure } from '../health-options.ts';
import { createHandClock } from './hand-clock.ts';

export const periodMs = 5000;
/** 3 x (everyMs + timeoutMs) with their defaults. */
export const staleAfterMs = 3 * (5000 + 1000);

/** Starts a health with one check, named database, on a clock that the test moves. */
export function watchCheck(check: Check, jitter = 0.5) {
  vi.spyOn(Math, 'random').mockImplementation(() => jitter);
  const clock = createHandClock();
  const failures: CheckFailure[] = [];
  const onCheckFailed = (failure: CheckFailure) => failures.push(failure);
  const { now, schedule } = clock;
  const checks = { database: check };
  const health = createHealth({ serviceId: 'orders', releaseId: '1', checks, now, schedule, onCheckFailed });
  const measurement = () => health.document(true).checks?.['database:responseTime']?.[0];
  return { clock, failures, health, measurement, status: () => measurement()?.status };
}

export const hangs = () => new Promise<never>(() => {});
export const fails = () => Promise.reject(new Error('connection refused'));
