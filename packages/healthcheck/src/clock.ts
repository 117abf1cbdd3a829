import { performance } from 'node:perf_hooks';

export interface Clock {
  /** Milliseconds since 1970: printed, never subtracted. */
  readonly wallMs: () => number;
  /** Milliseconds that only go forward: a corrected system clock must not make a stale check green. */
  readonly elapsedMs: () => number;
}

export type Schedule = (task: () => void, delayMs: number) => () => void;

export function readClock(now: (() => number) | undefined): Clock {
  return now ? { wallMs: now, elapsedMs: now } : { wallMs: Date.now, elapsedMs: () => performance.now() };
}

/** The timer alone does not keep the process alive. */
export function scheduleUnref(task: () => void, delayMs: number): () => void {
  const timer = setTimeout(task, delayMs).unref();
  return () => clearTimeout(timer);
}
