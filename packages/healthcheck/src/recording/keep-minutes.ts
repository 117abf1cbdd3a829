import type { Clock } from '../checks/clock.ts';
import { appendSlow } from '../errors/history-errors.ts';
import type { History } from '../history/history.ts';
import type { MinuteRecord, MinuteStratum } from './minute-record.ts';
import type { CacheClass } from './request-marks.ts';
import { type TrafficWindow, windowMinutes } from './traffic-window.ts';
import type { Traffic } from './traffic.ts';

export interface MinuteSource {
  readonly window: TrafficWindow;
  readonly clock: Clock;
  readonly releaseId: string;
}

/**
 * Gives completed minutes to a history, one after the other; the function is called once a minute and waits for nothing.
 *
 * What the history does not take is tried again as long as the window holds it, so nothing queues up behind a slow one.
 */
export function keepMinutes(
  { window, clock, releaseId }: MinuteSource,
  history: History,
  onProblem: (error: unknown) => void,
): () => Promise<void> {
  let kept = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;
  let waitedMinutes = 0;

  async function keep(): Promise<void> {
    // The window counts minutes that only go forward; they are named by the wall clock as it is now.
    const atMs = clock.steadyMs();
    const correction = Math.round((clock.wallMs() - atMs) / 60_000);
    for (const { minute, total } of window.completed(atMs)) {
      if (minute <= kept || total.requests === 0) continue;
      // oxlint-disable-next-line no-await-in-loop -- in their order, and one at a time
      await history.append(toRecord(total, minute + correction, releaseId));
      kept = minute;
    }
  }

  return async () => {
    if (running !== undefined) {
      waitedMinutes += 1;
      if (waitedMinutes >= windowMinutes - 1) onProblem(appendSlow(waitedMinutes));
      return;
    }
    waitedMinutes = 0;
    running = keep().catch(onProblem);
    await running;
    running = undefined;
  };
}

function toRecord(total: Traffic, minute: number, releaseId: string): MinuteRecord {
  const stratum = (cache: CacheClass): MinuteStratum => ({
    requests: total.times[cache].count,
    databaseCalls: total.calls[cache],
    times: total.times[cache].sparse(),
  });
  return {
    minute,
    releaseId,
    requests: total.requests,
    errors: total.errors,
    strata: { hit: stratum('hit'), miss: stratum('miss'), none: stratum('none') },
  };
}
