import type { DeploymentInput } from './deployment-input.ts';

/** A new process compiles, fills its pools and opens its connections: its first minutes say nothing about the release. */
export const warmUpMinutes = 3;

/** A process whose clock is a minute late has not written its minute yet. */
const clockToleranceMinutes = 1;

const defaultReadings: readonly number[] = [10, 30, 60];

export interface Readings {
  /** The last one that is due, in minutes after the deployment; null before the first. */
  readonly latest: number | null;
  /** When the next one is due, in minutes since 1970; null after the last. */
  readonly nextMinute: number | null;
  readonly count: number;
}

/** A fixed number of readings: who looks again and again until something shows has 14 false alarms in 100. */
export function readingsAt({ deployedAtMinute, nowMinute, readAfterMinutes }: DeploymentInput): Readings {
  const readings = readAfterMinutes ?? defaultReadings;
  const dueAt = (minutes: number) => deployedAtMinute + minutes + clockToleranceMinutes;
  const next = readings.find((minutes) => dueAt(minutes) > nowMinute);
  return {
    latest: readings.findLast((minutes) => dueAt(minutes) <= nowMinute) ?? null,
    nextMinute: next === undefined ? null : dueAt(next),
    count: readings.length,
  };
}
