import { readFileSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

import { JobError } from '../errors/job-error.ts';
import { type Schedule, scheduleKey } from './schedule-key.ts';

const contract = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../contract/schedule.json'), 'utf8')) as {
  cases: { schedule: Schedule; at: string; key: string }[];
  refused: { schedule: Schedule; at: string[] }[];
};

const titled = contract.cases.map((example) => ({ ...example, title: JSON.stringify(example.schedule) }));

describe('the contract', () => {
  it.each(titled)('$title at $at is $key', ({ schedule, at, key }) => {
    expect(scheduleKey(schedule, new Date(at))).toBe(key);
  });

  it.each(contract.refused)('refuses $schedule', ({ schedule, at }) => {
    expect(wrongIn(schedule)).toEqual(at);
  });
});

function wrongIn(schedule: unknown, at?: unknown): string[] {
  try {
    return [scheduleKey(schedule as Schedule, at as Date)];
  } catch (error) {
    if (!(error instanceof JobError) || error.code !== 'SCHEDULE_INVALID') throw error;
    return error.problems.map(({ name }) => name);
  }
}

describe('what is no schedule', () => {
  it.each([[undefined], [null], ['day']])('%j', (schedule) => {
    expect(wrongIn(schedule)).toEqual(['schedule']);
  });

  it.each([[new Date(Number.NaN)], ['2026-11-23'], [new Date(-1)], [new Date('9999-01-01T00:00:00Z')]])(
    'a moment %s',
    (at) => {
      expect(wrongIn({ name: 'a', every: 'day' }, at)).toEqual(['at']);
    },
  );

  it('a start that is no text', () => {
    expect(wrongIn({ name: 'a', every: 'day', startsAt: 230 })).toEqual(['startsAt']);
  });

  it('is said with every problem at once', () => {
    expect(() => scheduleKey({ name: '', every: 'hour', startsAt: '02:30' })).toThrowErrorMatchingInlineSnapshot(`
      [JobError: 2 problems: the schedule is wrong. No key was made.

      1. name  SCHEDULE_INVALID
         got       "" (string)
         expected  text of 1 to 200 bytes without control characters
         fix       pass such a value as name
         retry     no: the same value fails again
         owner     the code that calls scheduleKey

      2. startsAt  SCHEDULE_INVALID
         got       "02:30" (string)
         expected  nothing, since every is hour
         fix       pass such a value as startsAt
         retry     no: the same value fails again
         owner     the code that calls scheduleKey]
    `);
  });
});

it('the moment is now, unless told', () => {
  vi.useFakeTimers({ now: new Date('2026-11-23T12:00:00Z') });
  expect(scheduleKey({ name: 'a', every: 'day' })).toBe('a:2026-11-23');
  vi.useRealTimers();
});

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Pacific/Apia',
];
const anySchedule = fc.record({
  name: fc.constant('job'),
  every: fc.constantFrom('day', 'week', 'month'),
  startsAt: fc
    .tuple(fc.nat(23), fc.nat(59))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':')),
  timeZone: fc.constantFrom(...zones),
}) as fc.Arbitrary<Schedule>;
const anyMinute = fc
  .integer({ min: Date.UTC(1996) / 60_000, max: Date.UTC(2036) / 60_000 })
  .map((minute) => minute * 60_000);

describe('a schedule', () => {
  it('never goes back to a key that it has left', () => {
    fc.assert(
      fc.property(anySchedule, anyMinute, fc.array(fc.nat(10_000), { maxLength: 8 }), (schedule, from, steps) => {
        let ms = from;
        const keys = [0, ...steps].map((minutes) => scheduleKey(schedule, new Date((ms += minutes * 60_000))));
        expect(keys).toEqual(keys.toSorted());
      }),
    );
  });

  it('gives one key to each day around a change of the clocks', () => {
    // Berlin 2026: put forward on 29 March, put back on 25 October.
    fc.assert(
      fc.property(anySchedule, fc.constantFrom(Date.UTC(2026, 2, 26), Date.UTC(2026, 9, 22)), (schedule, from) => {
        const minutes = Array.from({ length: (7 * 1440) / 15 }, (_, index) => new Date(from + index * 900_000));
        const keys = minutes.map((at) => scheduleKey({ ...schedule, every: 'day' }, at));
        const dates = [...new Set(keys)].map((key) => Date.parse(key.slice('job:'.length)));
        expect(dates).toEqual(dates.map((_, index) => (dates[0] ?? 0) + index * 86_400_000));
        expect(keys).toEqual(keys.toSorted());
        expect(dates.length).toBeGreaterThanOrEqual(7);
      }),
      { numRuns: 40 },
    );
  });
});
