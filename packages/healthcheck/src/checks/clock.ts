import { performance } from 'node:perf_hooks';

export interface Clock {
  /** Milliseconds since 1970: printed, never subtracted. */
  readonly wallMs: () => number;
  /** Milliseconds that only go forward: a corrected system clock must not make a stale check green. */
  readonly elapsedMs: () => number;
  /** `elapsedMs`, now or as given, in milliseconds since 1970 as the wall clock had it when the health was created. */
  readonly steadyMs: (elapsedMs?: number) => number;
}

export type Schedule = (task: () => void, delayMs: number) => () => void;

export function readClock(now: (() => number) | undefined): Clock {
  if (now !== undefined) return { wallMs: now, elapsedMs: now, steadyMs: (elapsedMs = now()) => elapsedMs };
  const elapsedMs = (): number => performance.now();
  const originMs = Date.now() - elapsedMs();
  return { wallMs: Date.now, elapsedMs, steadyMs: (givenMs = elapsedMs()) => originMs + givenMs };
}

/** The timer alone does not keep the process alive. */
export function scheduleUnref(task: () => void, delayMs: number): () => void {
  const timer = setTimeout(task, delayMs).unref();
  return () => clearTimeout(timer);
}
