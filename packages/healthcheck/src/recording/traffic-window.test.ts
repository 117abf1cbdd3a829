import { describe, expect, it } from 'vitest';
import type { CacheClass } from './request-marks.ts';
import { TrafficWindow } from './traffic-window.ts';

const minuteMs = 60_000;
const marks = (cache: CacheClass, databaseCalls = 0) => ({ cache, databaseCalls, startedAt: 0 });

describe('the window of traffic', () => {
  it('holds the current minute and the five before it', () => {
    const window = new TrafficWindow();
    for (let minute = 0; minute <= 5; minute += 1) window.record(minute * minuteMs, 0, marks('none'), 1, 200);
    const requestsAt = [5, 6, 7, 10, 11].map((minute) => window.total(minute * minuteMs).requests);
    expect(requestsAt).toEqual([6, 5, 4, 1, 0]);
  });

  it('counts to the last millisecond of the oldest minute', () => {
    const window = new TrafficWindow();
    window.record(minuteMs - 1, 0, marks('none'), 1, 200);
    expect([window.total(6 * minuteMs - 1).requests, window.total(6 * minuteMs).requests]).toEqual([1, 0]);
  });

  it('forgets the minute whose slot it uses again', () => {
    const window = new TrafficWindow();
    window.record(0, 0, marks('miss', 9), 1, 500);
    window.record(6 * minuteMs, 0, marks('hit', 2), 1, 200);
    const { requests, errors, databaseCalls, times } = window.total(6 * minuteMs);
    expect([requests, errors, databaseCalls, times.hit.count, times.miss.count]).toEqual([1, 0, 2, 1, 0]);
  });

  it('is empty again after a long silence', () => {
    const window = new TrafficWindow();
    window.record(0, 0, marks('none'), 1, 200);
    expect(window.total(1000 * minuteMs).requests).toBe(0);
  });

  it('counts a status of 500 or more as an error, and no other', () => {
    const window = new TrafficWindow();
    for (const status of [200, 304, 404, 422, 499, 500, 503]) window.record(0, 0, marks('none'), 1, status);
    expect([window.total(0).requests, window.total(0).errors]).toEqual([7, 2]);
  });

  it('sums up by route, and leaves out a route without requests', () => {
    const window = new TrafficWindow();
    const names = ['other', '/a', '/b', '/c'];
    window.record(0, 1, marks('hit', 1), 1, 200);
    window.record(minuteMs, 1, marks('miss', 2), 1, 500);
    window.record(minuteMs, 3, marks('none'), 1, 200);
    const routes = [...window.routes(minuteMs, names)];
    expect(
      routes.map(([name, { requests, errors, databaseCalls }]) => [name, requests, errors, databaseCalls]),
    ).toEqual([
      ['/a', 2, 1, 3],
      ['/c', 1, 0, 0],
    ]);
    expect([...window.routes(6 * minuteMs, names).keys()]).toEqual(['/a', '/c']);
    expect([...window.routes(7 * minuteMs, names).keys()]).toEqual([]);
  });

  it('forgets the routes of a minute whose slot it uses again', () => {
    const window = new TrafficWindow();
    window.record(0, 1, marks('hit'), 1, 200);
    window.record(6 * minuteMs, 2, marks('hit'), 1, 200);
    expect([...window.routes(6 * minuteMs, ['other', '/a', '/b']).keys()]).toEqual(['/b']);
  });

  it('hands out the minutes that have ended, oldest first', () => {
    const window = new TrafficWindow();
    for (const minute of [7, 8, 9, 10, 11]) window.record(minute * minuteMs, 0, marks('none'), 1, 200);
    const completed = (minute: number) => window.completed(minute * minuteMs).map((slot) => slot.minute);
    expect([completed(11), completed(12), completed(14)]).toEqual([
      [7, 8, 9, 10],
      [7, 8, 9, 10, 11],
      [9, 10, 11],
    ]);
  });

  it('counts in the minute it knows while the clock stands still or goes back', () => {
    const window = new TrafficWindow();
    for (const atMs of [5 * minuteMs, 5 * minuteMs - 1, 3 * minuteMs]) window.record(atMs, 0, marks('none'), 1, 200);
    expect(window.total(5 * minuteMs).requests).toBe(3);
  });
});
