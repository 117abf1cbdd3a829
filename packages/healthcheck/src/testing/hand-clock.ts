import { setImmediate as nextTurn } from 'node:timers/promises';

interface Timer {
  readonly at: number;
  readonly task: () => void;
}

export interface HandClock {
  readonly now: () => number;
  readonly schedule: (task: () => void, delayMs: number) => () => void;
  /** Every delay that was asked for, in order. */
  readonly delays: number[];
  readonly pending: () => number;
  /** Moves the clock, runs the timers that fall due in their order, and lets promises settle after each. */
  advance(byMs: number): Promise<void>;
}

/** A clock and timers that move only when the test says so. */
export function createHandClock(startMs = 1_800_000_000_000): HandClock {
  const timers = new Set<Timer>();
  const delays: number[] = [];
  let nowMs = startMs;

  const nextDue = (endMs: number): Timer | undefined =>
    [...timers].filter(({ at }) => at <= endMs).sort((left, right) => left.at - right.at)[0];

  return {
    now: () => nowMs,
    schedule(task, delayMs) {
      const timer = { at: nowMs + delayMs, task };
      delays.push(delayMs);
      timers.add(timer);
      return () => timers.delete(timer);
    },
    delays,
    pending: () => timers.size,
    async advance(byMs) {
      const endMs = nowMs + byMs;
      for (let timer = nextDue(endMs); timer !== undefined; timer = nextDue(endMs)) {
        timers.delete(timer);
        nowMs = timer.at;
        timer.task();
        // oxlint-disable-next-line no-await-in-loop -- each timer sees what the one before it settled
        await nextTurn();
      }
      nowMs = endMs;
      await nextTurn();
    },
  };
}
