import type { Clock, Schedule } from './clock.ts';
import type { CheckFailure } from '../health-options.ts';
import type { CheckSnapshot } from '../health-snapshot.ts';
import type { ResolvedCheck } from '../read-options.ts';

export type CheckReading = Pick<CheckSnapshot, 'status' | 'durationMs' | 'at'>;

export interface BackgroundCheck {
  reading(): CheckReading;
  /** Stays true. */
  passedOnce(): boolean;
  stop(): void;
}

export interface CheckSurroundings {
  readonly clock: Clock;
  readonly schedule: Schedule;
  readonly onFailed: (failure: CheckFailure) => void;
}

type Outcome = { passed: true } | { passed: false; error: unknown };

/** Runs a check in the background for as long as the process lives; a reading never waits for it. */
export function startBackgroundCheck(
  name: string,
  check: ResolvedCheck,
  surroundings: CheckSurroundings,
): BackgroundCheck {
  const { clock, schedule, onFailed } = surroundings;
  let last: { durationMs: number; at: number; elapsedAtMs: number } | undefined;
  let passedOnce = false;
  let consecutiveFailures = 0;
  let running: AbortController | undefined;
  let stopped = false;
  let cancelTimeout: (() => void) | undefined;
  // Not called here at once: the caller may still be setting up what the check uses.
  let cancelNext = schedule(tick, 0);

  function tick(): void {
    // A run that outlived its time-out is never joined by a second one: a hung dependency would collect them.
    if (running === undefined) execute();
    else planNext();
  }

  function planNext(): void {
    cancelNext = schedule(tick, check.everyMs * (0.9 + Math.random() * 0.2));
  }

  function execute(): void {
    const controller = new AbortController();
    const startedAtMs = clock.elapsedMs();
    let judged = false;
    running = controller;

    const judge = (outcome: Outcome): void => {
      if (judged || stopped) return;
      judged = true;
      cancelTimeout?.();
      const elapsedAtMs = clock.elapsedMs();
      last = { durationMs: elapsedAtMs - startedAtMs, at: clock.wallMs(), elapsedAtMs };
      planNext();
      if (outcome.passed) {
        passedOnce = true;
        consecutiveFailures = 0;
      } else {
        consecutiveFailures += 1;
        onFailed({ check: name, consecutiveFailures, error: outcome.error });
      }
    };

    cancelTimeout = schedule(() => {
      const error = new Error(`the check ${name} did not finish within ${check.timeoutMs} ms`);
      judge({ passed: false, error });
      controller.abort(error);
    }, check.timeoutMs);

    void settle(check, controller.signal).then((outcome) => {
      running = undefined;
      judge(outcome);
    });
  }

  function status(): CheckReading['status'] {
    const staleAfterMs = 3 * (check.everyMs + check.timeoutMs);
    const fresh = last !== undefined && clock.elapsedMs() - last.elapsedAtMs <= staleAfterMs;
    if (fresh && passedOnce && consecutiveFailures < check.failAfter) return 'pass';
    return check.gates === 'ready' || (check.gates === 'startup' && !passedOnce) ? 'fail' : 'warn';
  }

  return {
    reading: () => ({ status: status(), durationMs: last?.durationMs ?? null, at: last?.at ?? null }),
    passedOnce: () => passedOnce,
    stop() {
      stopped = true;
      cancelNext();
      cancelTimeout?.();
      running?.abort(new Error(`the check ${name} was stopped`));
    },
  };
}

async function settle(check: ResolvedCheck, signal: AbortSignal): Promise<Outcome> {
  try {
    await check.run(signal);
    return { passed: true };
  } catch (error) {
    return { passed: false, error };
  }
}
