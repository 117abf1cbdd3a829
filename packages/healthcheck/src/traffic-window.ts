import { LogLinearHistogram } from './log-linear-histogram.ts';
import type { CacheClass, RequestMarks } from './request-marks.ts';

const windowMinutes = 6;
const minuteMs = 60_000;

/** Sums over some requests; times in microseconds. */
export class Traffic {
  readonly times: Readonly<Record<CacheClass, LogLinearHistogram>> = {
    hit: new LogLinearHistogram(),
    miss: new LogLinearHistogram(),
    none: new LogLinearHistogram(),
  };
  requests = 0;
  errors = 0;
  databaseCalls = 0;

  record(marks: RequestMarks, durationMs: number, status: number): void {
    this.times[marks.cache].record(durationMs * 1000);
    this.requests += 1;
    if (status >= 500) this.errors += 1;
    this.databaseCalls += marks.databaseCalls;
  }

  merge(other: Traffic): void {
    this.times.hit.merge(other.times.hit);
    this.times.miss.merge(other.times.miss);
    this.times.none.merge(other.times.none);
    this.requests += other.requests;
    this.errors += other.errors;
    this.databaseCalls += other.databaseCalls;
  }

  clear(): void {
    this.times.hit.clear();
    this.times.miss.clear();
    this.times.none.clear();
    this.requests = 0;
    this.errors = 0;
    this.databaseCalls = 0;
  }
}

/** The current minute and the five before it, in six slots that are reused: memory does not grow with traffic. */
export class TrafficWindow {
  readonly #slots = Array.from({ length: windowMinutes }, () => ({
    minute: Number.NEGATIVE_INFINITY,
    traffic: new Traffic(),
  }));

  record(atMs: number, marks: RequestMarks, durationMs: number, status: number): void {
    const minute = Math.floor(atMs / minuteMs);
    const slot = this.#slots[minute % windowMinutes];
    if (slot === undefined) return;
    if (slot.minute !== minute) {
      slot.minute = minute;
      slot.traffic.clear();
    }
    slot.traffic.record(marks, durationMs, status);
  }

  total(atMs: number): Traffic {
    const oldest = Math.floor(atMs / minuteMs) - windowMinutes + 1;
    const total = new Traffic();
    for (const { minute, traffic } of this.#slots) if (minute >= oldest) total.merge(traffic);
    return total;
  }
}
