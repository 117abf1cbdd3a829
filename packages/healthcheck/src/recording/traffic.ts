import { bucketOf, LogLinearHistogram } from './log-linear-histogram.ts';
import type { CacheClass, RequestMarks } from './request-marks.ts';

/** The status of a request whose client hung up; nginx gave it the number. */
export const clientClosedRequest = 499;

/** Sums over some requests; times in microseconds. */
export class Traffic {
  /** Of the requests that were answered below 500. */
  readonly times: Readonly<Record<CacheClass, LogLinearHistogram>> = {
    hit: new LogLinearHistogram(),
    miss: new LogLinearHistogram(),
    none: new LogLinearHistogram(),
  };
  /** Of the requests that were answered with 500 or more: a quick failure is no quick answer. */
  readonly failedTimes: LogLinearHistogram = new LogLinearHistogram();
  /** Database calls of the requests in `times`. */
  readonly calls: Record<CacheClass, number> = { hit: 0, miss: 0, none: 0 };
  requests = 0;
  errors = 0;
  /** Database calls of all requests. */
  databaseCalls = 0;

  /** A request whose client hung up (499) counts, but is neither an error nor a time. */
  record(marks: RequestMarks, durationMs: number, status: number): void {
    const bucket = bucketOf(durationMs * 1000);
    this.requests += 1;
    this.databaseCalls += marks.databaseCalls;
    if (status >= 500) {
      this.errors += 1;
      this.failedTimes.add(bucket, 1);
    } else if (status !== clientClosedRequest) {
      this.times[marks.cache].add(bucket, 1);
      this.calls[marks.cache] += marks.databaseCalls;
    }
  }

  merge(other: Traffic): void {
    for (const cache of ['hit', 'miss', 'none'] as const) {
      this.times[cache].merge(other.times[cache]);
      this.calls[cache] += other.calls[cache];
    }
    this.failedTimes.merge(other.failedTimes);
    this.requests += other.requests;
    this.errors += other.errors;
    this.databaseCalls += other.databaseCalls;
  }

  clear(): void {
    for (const cache of ['hit', 'miss', 'none'] as const) {
      this.times[cache].clear();
      this.calls[cache] = 0;
    }
    this.failedTimes.clear();
    this.requests = 0;
    this.errors = 0;
    this.databaseCalls = 0;
  }
}
