/**
 * Whether a request was answered from a cache; `none` when it asked none.
 *
 * @example
 * ```ts
 * import type { CacheClass } from '@seaworthy/healthcheck';
 *
 * const classes: CacheClass[] = ['hit', 'miss', 'none'];
 * if (new Set(classes).size !== 3) throw new Error('a class is named twice');
 * ```
 */
export type CacheClass = 'hit' | 'miss' | 'none';

/** In the order in which they are compared and named. */
export const cacheClasses: readonly CacheClass[] = ['hit', 'miss', 'none'];

/**
 * What is known about the current request so far.
 *
 * The object is live: take it when the request begins and read it when the request ends.
 *
 * @example
 * ```ts
 * import { createHealth, type RequestMarks } from '@seaworthy/healthcheck';
 *
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });
 * const marks: RequestMarks | undefined = health.current();
 * if (marks !== undefined) throw new Error('outside a request there is nothing to mark');
 * health.close();
 * ```
 */
export interface RequestMarks {
  readonly databaseCalls: number;
  readonly cache: CacheClass;
  /** The template of its route, where one is known by now. */
  readonly route?: string | undefined;
  /** On the clock of `performance.now()`, or of the option `now` where it is given. */
  readonly startedAt: number;
}
