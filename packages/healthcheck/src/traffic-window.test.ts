import { describe, expect, it } from 'vitest';
import type { CacheClass } from './request-marks.ts';
import { TrafficWindow } from './traffic-window.ts';

const minuteMs = 60_000;
const marks = (cache: CacheClass, databaseCalls = 0) => ({ cache, databaseCalls, startedAt: 0 });

describe('the window of traffic', () => {
  it('holds the current minute and the five before it', () => {
    const window = new TrafficWindow();
    for (let minute = 0; minute <= 5; minute += 1) window.record(minute * minuteMs, marks('none'), 1, 200);
    const requestsAt = [5, 6, 7, 10, 11].map((minute) => window.total(minute * minuteMs).requests);
    expect(requestsAt).toEqual([6, 5, 4, 1, 0]);
  });

  it('counts to the last millisecond of the oldest minute', () => {
    const window = new TrafficWindow();
    window.record(minuteMs - 1, marks('none'), 1, 200);
    expect([window.total(6 * minuteMs - 1).requests, window.total(6 * minuteMs).requests]).toEqual([1, 0]);
  });

  it('forgets the minute whose slot it uses again', () => {
    const window = new TrafficWindow();
    window.record(0, marks('miss', 9), 1, 500);
    window.record(6 * minuteMs, marks('hit', 2), 1, 200);
    const { requests, errors, databaseCalls, times } = window.total(6 * minuteMs);
    expect([requests, errors, databaseCalls, times.hit.count, times.miss.count]).toEqual([1, 0, 2, 1, 0]);
  });

  it('is empty again after a long silence', () => {
    const window = new TrafficWindow();
    window.record(0, marks('none'), 1, 200);
    expect(window.total(1000 * minuteMs).requests).toBe(0);
  });

  it('counts a status of 500 or more as an error, and no other', () => {
    const window = new TrafficWindow();
    for (const status of [200, 304, 404, 422, 499, 500, 503]) window.record(0, marks('none'), 1, status);
    expect([window.total(0).requests, window.total(0).errors]).toEqual([7, 2]);
  });
});
