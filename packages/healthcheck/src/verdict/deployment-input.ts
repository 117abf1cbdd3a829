import type { MinuteRecord } from '../recording/minute-record.ts';

/**
 * What a verdict is made of: plain data, and the time it is read at.
 *
 * @example
 * ```ts
 * import { judgeDeployment, type DeploymentInput } from '@seaworthy/healthcheck';
 *
 * const input: DeploymentInput = {
 *   deployedAtMinute: 29_900_000,
 *   releaseId: '1.1.0',
 *   previousReleaseId: '1.0.0',
 *   records: [],
 *   nowMinute: 29_900_005,
 * };
 * const { collecting } = judgeDeployment(input);
 * if (collecting?.firstReadingMinute !== 29_900_011) throw new Error('the first reading is due after ten minutes');
 * ```
 */
export interface DeploymentInput {
  /** Whole minutes since 1970, as every minute here. */
  readonly deployedAtMinute: number;
  readonly releaseId: string;
  /** The release to compare with; without it, the one that served last before the deployment. */
  readonly previousReleaseId?: string | undefined;
  /** History and the minutes since, of any release and any number of processes, in any order. */
  readonly records: readonly MinuteRecord[];
  readonly nowMinute: number;
  /**
   * The minutes after the deployment at which it is read, in ascending order; [10, 30, 60] unless told otherwise.
   *
   * State them before looking: the risk of a false alarm is shared out among the readings.
   */
  readonly readAfterMinutes?: readonly number[] | undefined;
}
