import type { CacheClass } from './request-marks.ts';

/**
 * The requests of one cache class in one minute.
 *
 * @example
 * ```ts
 * import type { MinuteStratum } from '@seaworthy/healthcheck';
 *
 * // Two requests between 1.024 and 1.088 ms that made three database calls together.
 * const misses: MinuteStratum = { requests: 2, databaseCalls: 3, times: [[112, 2]] };
 * if (misses.times[0]?.[1] !== misses.requests) throw new Error('a request has no time');
 * ```
 */
export interface MinuteStratum {
  readonly requests: number;
  readonly databaseCalls: number;
  /** Response times in microseconds: buckets of the log-linear histogram that hold anything, and how many. */
  readonly times: readonly (readonly [bucket: number, count: number])[];
}

/**
 * One completed minute of one process, as a history keeps it.
 *
 * Failed requests (status 500 and above) are counted in `requests` and `errors`, requests whose client hung up in
 * `requests`; neither is in `strata`, so that a failure is never taken for a fast answer.
 *
 * @example
 * ```ts
 * import type { MinuteRecord } from '@seaworthy/healthcheck';
 *
 * const idle = { requests: 0, databaseCalls: 0, times: [] };
 * const record: MinuteRecord = {
 *   minute: 29_900_000,
 *   releaseId: '1.0.0',
 *   requests: 1,
 *   errors: 1,
 *   strata: { hit: idle, miss: idle, none: idle },
 * };
 * if (JSON.stringify(JSON.parse(JSON.stringify(record))) !== JSON.stringify(record)) throw new Error('not plain data');
 * ```
 */
export interface MinuteRecord {
  /** Whole minutes since 1970. */
  readonly minute: number;
  readonly releaseId: string;
  readonly requests: number;
  readonly errors: number;
  readonly strata: Readonly<Record<CacheClass, MinuteStratum>>;
}
