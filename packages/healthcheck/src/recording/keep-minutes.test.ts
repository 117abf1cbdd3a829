import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { History } from '../history/history.ts';
import { keepMinutes } from './keep-minutes.ts';
import type { MinuteRecord } from './minute-record.ts';
import type { CacheClass } from './request-marks.ts';
import { TrafficWindow } from './traffic-window.ts';

const minuteMs = 60_000;

function start(append: (record: MinuteRecord) => Promise<void>) {
  const times = { steadyMs: 1000 * minuteMs, wallMs: 1000 * minuteMs };
  const clock = { wallMs: () => times.wallMs, elapsedMs: () => times.steadyMs, steadyMs: () => times.steadyMs };
  const window = new TrafficWindow();
  const problems: unknown[] = [];
  const history: History = { append, read: () => Promise.resolve([]) };
  const keep = keepMinutes({ window, clock, releaseId: '1' }, history, (problem) => problems.push(problem));
  const record = (cache: CacheClass, status = 200, databaseCalls = 1) =>
    window.record(times.steadyMs, 0, { cache, databaseCalls, startedAt: 0 }, 2, status);
  const pass = (minutes: number) => {
    times.steadyMs += minutes * minuteMs;
    times.wallMs += minutes * minuteMs;
  };
  return { times, problems, keep, record, pass };
}

const minutesOf = (records: readonly MinuteRecord[]) => records.map(({ minute, requests }) => [minute, requests]);

function startKeeping() {
  const kept: MinuteRecord[] = [];
  return { ...start((record) => Promise.resolve(void kept.push(record))), kept };
}

describe('keeping completed minutes', () => {
  it('writes a minute when it is over, as what happened in it, once', async () => {
    const { keep, record, pass, kept } = startKeeping();
    record('hit', 200, 0);
    record('miss', 200, 3);
    record('miss', 404, 4);
    record('none', 500, 5);
    record('none', 499, 6);
    await keep();
    expect(kept).toEqual([]);
    pass(1);
    await keep();
    await keep();
    expect(kept).toEqual([
      {
        minute: 1000,
        releaseId: '1',
        requests: 5,
        errors: 1,
        strata: {
          hit: { requests: 1, databaseCalls: 0, times: [[127, 1]] },
          miss: { requests: 2, databaseCalls: 7, times: [[127, 2]] },
          none: { requests: 0, databaseCalls: 0, times: [] },
        },
      },
    ]);
  });

  it('leaves out minutes without requests', async () => {
    const { keep, record, pass, kept } = startKeeping();
    record('none');
    pass(3);
    record('none');
    pass(1);
    await keep();
    expect(minutesOf(kept)).toEqual([
      [1000, 1],
      [1003, 1],
    ]);
  });

  it.each([
    [60, 1060],
    [-60, 940],
  ])('names a minute by the wall clock when that was set %i minutes', async (jumpMinutes, minute) => {
    const { times, keep, record, pass, kept } = startKeeping();
    record('none');
    times.wallMs += jumpMinutes * minuteMs;
    pass(1);
    await keep();
    expect(minutesOf(kept)).toEqual([[minute, 1]]);
  });

  it('tries again what the history refused, says so each time, and keeps the order', async () => {
    let broken = true;
    const kept: MinuteRecord[] = [];
    const refusal = new Error('disk full');
    const { keep, record, pass, problems } = start((record) => {
      if (broken) return Promise.reject(refusal);
      kept.push(record);
      return Promise.resolve();
    });
    for (let minute = 0; minute < 3; minute += 1) {
      record('none');
      pass(1);
      // oxlint-disable-next-line no-await-in-loop -- minutes follow each other
      await keep();
    }
    expect([problems, kept]).toEqual([[refusal, refusal, refusal], []]);
    broken = false;
    await keep();
    expect(minutesOf(kept)).toEqual([
      [1000, 1],
      [1001, 1],
      [1002, 1],
    ]);
  });

  it('loses the minutes that a broken history does not take in time, and says nothing twice', async () => {
    let broken = true;
    const kept: MinuteRecord[] = [];
    const { keep, record, pass } = start((given) =>
      broken ? Promise.reject(new Error('down')) : Promise.resolve(void kept.push(given)),
    );
    for (let minute = 0; minute < 60; minute += 1) {
      record('none');
      pass(1);
      // oxlint-disable-next-line no-await-in-loop -- minutes follow each other
      await keep();
    }
    broken = false;
    await keep();
    expect(minutesOf(kept)).toEqual([1055, 1056, 1057, 1058, 1059].map((minute) => [minute, 1]));
  });

  it('writes one minute at a time, and says when a history hangs', async () => {
    const hanging = Promise.withResolvers<void>();
    const asked: number[] = [];
    const { keep, record, pass, problems } = start(({ minute }) => {
      asked.push(minute);
      return asked.length === 1 ? hanging.promise : Promise.resolve();
    });
    for (let minute = 0; minute < 8; minute += 1) {
      record('none');
      pass(1);
      void keep();
    }
    await nextTurn();
    expect(asked).toEqual([1000]);
    expect(problems).toMatchObject(
      [5, 6, 7].map((count) => ({
        code: 'HISTORY_APPEND_SLOW',
        problems: [{ name: 'history.append', got: `no answer for ${count} minutes` }],
      })),
    );
    hanging.resolve();
    await nextTurn();
    await keep();
    expect(asked).toEqual([1000, 1003, 1004, 1005, 1006, 1007]);
  });

  it('holds a history that throws at once for one that rejects', async () => {
    const { keep, record, pass, problems } = start(() => {
      throw new RangeError('at once');
    });
    record('none');
    pass(1);
    await keep();
    expect(problems).toEqual([new RangeError('at once')]);
  });
});
