import type { Clock, Schedule } from '../checks/clock.ts';
import { readSlow } from '../errors/history-errors.ts';
import type { History } from '../history/history.ts';
import { collectingVerdict } from '../verdict/collecting-verdict.ts';
import { type DeployVerdict, judgeDeployment } from '../verdict/judge-deployment.ts';
import { keepMinutes } from './keep-minutes.ts';
import type { MinuteRecord } from './minute-record.ts';
import type { TrafficWindow } from './traffic-window.ts';

export interface DeploymentSource {
  readonly window: TrafficWindow;
  readonly clock: Clock;
  readonly schedule: Schedule;
  readonly releaseId: string;
  readonly previousReleaseId: string | undefined;
  readonly deployedAtMs: number;
  readonly history: History;
  readonly onProblem: (error: unknown) => void;
}

export interface DeploymentWatch {
  /** The last answer, at hand. */
  verdict(): DeployVerdict;
  stop(): void;
}

const minuteMs = 60_000;
/** Twelve hours of comparisons, and the longest reading before the deployment. */
const historyMinutes = 13 * 60;
/** Other processes write their last minute a little later than this one. */
const lateMinutes = 3;

/** Once a minute, writes what was recorded to the history and, when a reading is due, asks it about the deployment. */
export function watchDeployment(source: DeploymentSource): DeploymentWatch {
  const { clock, schedule, releaseId, previousReleaseId, history, onProblem } = source;
  const deployedAtMinute = Math.floor(source.deployedAtMs / minuteMs);
  const keep = keepMinutes(source, history, onProblem);
  const judge = (records: readonly MinuteRecord[], nowMinute: number): DeployVerdict =>
    judgeDeployment({ deployedAtMinute, releaseId, previousReleaseId, records, nowMinute });
  const minuteNow = (): number => Math.floor(clock.wallMs() / minuteMs);
  const firstReadingMinute = judge([], deployedAtMinute).numbers.nextReadingMinute ?? deployedAtMinute;
  let lastVerdict: DeployVerdict | undefined;
  let askAtMinute = 0;
  let asking = false;
  let stopped = false;
  let cancel = schedule(() => void tick(), 0);

  /**
   * Until the history has answered once, nothing is known about the deployment, also when it was hours ago: a process
   * that starts again must not call that "not enough data". A reading is then due at any moment.
   */
  function verdict(): DeployVerdict {
    return (
      lastVerdict ??
      collectingVerdict({
        releaseId,
        firstReadingMinute: Math.max(firstReadingMinute, minuteNow()),
        previousReleaseId: previousReleaseId ?? null,
        refusedRecords: 0,
      })
    );
  }

  async function tick(): Promise<void> {
    if (stopped) return;
    // A little after the minute, and not every process at once.
    const untilNextMs = minuteMs - (clock.steadyMs() % minuteMs);
    cancel = schedule(() => void tick(), untilNextMs + 1000 + Math.random() * 4000);
    await keep();
    await ask();
  }

  async function ask(): Promise<void> {
    const nowMinute = minuteNow();
    if (stopped || nowMinute < askAtMinute) return;
    if (asking) {
      onProblem(readSlow());
      return;
    }
    asking = true;
    try {
      const records = await history.read(deployedAtMinute - historyMinutes);
      const { readAfterMinutes: before } = verdict().numbers;
      lastVerdict = judge(records, nowMinute);
      const { readAfterMinutes, nextReadingMinute } = lastVerdict.numbers;
      const next = nextReadingMinute ?? Number.POSITIVE_INFINITY;
      askAtMinute = readAfterMinutes === before ? next : Math.min(next, nowMinute + lateMinutes);
    } catch (error) {
      onProblem(error);
    }
    asking = false;
  }

  return {
    verdict,
    stop() {
      stopped = true;
      cancel();
    },
  };
}
