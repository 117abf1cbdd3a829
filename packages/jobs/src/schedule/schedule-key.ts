import { quoted } from '../errors/quoted.ts';
import { WrongOptions } from '../errors/wrong-options.ts';
import { isObject, isPlainText, mostNameBytes } from '../value-checks.ts';
import { isTimeZone, lastStarted } from './local-time.ts';

const periods = ['minute', 'hour', 'day', 'week', 'month'] as const;

/**
 * How often something runs.
 *
 * @example
 * ```ts
 * import { type Schedule, scheduleKey } from '@seaworthy/jobs';
 *
 * const weekly: Schedule = { name: 'digest', every: 'week', startsAt: '06:00', timeZone: 'Europe/Berlin' };
 * const key = scheduleKey(weekly, new Date('2026-11-23T06:00:00+01:00'));
 * if (key !== 'digest:2026-W48') throw new Error(key);
 * ```
 */
export interface Schedule {
  /** Stands in front of each key. */
  readonly name: string;
  readonly every: (typeof periods)[number];
  /** Local time at which the scheduler starts it, `HH:MM`; for days, weeks (on Monday) and months (on the 1st). @default '00:00' */
  readonly startsAt?: string;
  /** A name of the IANA database; minutes and hours are always those of UTC. @default 'UTC' */
  readonly timeZone?: string;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** A scheduler whose clock is this much behind still starts the slot that it means. */
const toleranceMs = { minute: 15_000, hour: minuteMs, day: minuteMs, week: minuteMs, month: minuteMs };

const earliestMs = Date.UTC(1970);
const latestMs = Date.UTC(9999);

function readSchedule(schedule: Schedule, at: Date) {
  const wrong = new WrongOptions('SCHEDULE_INVALID', 'scheduleKey');
  wrong.demand(isObject(schedule), 'schedule', schedule, 'an object with name and every');
  wrong.throwAny();
  const { name, every, startsAt, timeZone = 'UTC' } = schedule;
  const start: unknown = startsAt ?? '00:00';
  const isName = isPlainText(name, mostNameBytes);
  wrong.demand(isName, 'name', name, `text of 1 to ${mostNameBytes} bytes without control characters`);
  wrong.demand(periods.includes(every), 'every', every, periods.join(', '));
  const hasNoStart = every === 'minute' || every === 'hour';
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(typeof start === 'string' ? start : '') ?? [];
  if (hasNoStart) wrong.demand(startsAt === undefined, 'startsAt', startsAt, `nothing, since every is ${every}`);
  else wrong.demand(hours !== undefined, 'startsAt', startsAt, 'a local time from 00:00 to 23:59');
  wrong.demand(isTimeZone(timeZone), 'timeZone', timeZone, 'a name of the IANA database, such as Europe/Berlin');
  const isMoment = at instanceof Date && at.getTime() >= earliestMs && at.getTime() < latestMs;
  if (!isMoment) wrong.add('at', at instanceof Date ? String(at) : quoted(at), 'a Date of the years 1970 to 9998');
  wrong.throwAny();
  const startsAtMs = (Number(hours) * 60 + Number(minutes)) * minuteMs;
  return { name, every, startsAtMs, timeZone };
}

/** The week that holds its Thursday, by ISO 8601. */
function weekOf(date: Date): string {
  const sinceMonday = (date.getUTCDay() + 6) % 7;
  const thursday = new Date(date.getTime() + (3 - sinceMonday) * dayMs);
  const year = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year)) / (7 * dayMs));
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/**
 * The key of the slot that a scheduler has just started, such as `nightly-report:2026-11-23`. Pure.
 *
 * However often and on however many machines a scheduler fires, each slot has one key. Up to a minute early (15 s for `minute`) counts as on time. A
 * day keeps its one key when the clocks change, also where `startsAt` does not exist or exists twice.
 *
 * @throws {JobError} `SCHEDULE_INVALID`, with everything that is wrong.
 * @example
 * ```ts
 * import { scheduleKey } from '@seaworthy/jobs';
 *
 * const nightly = { name: 'nightly-report', every: 'day', startsAt: '02:30' } as const;
 * const key = scheduleKey(nightly, new Date('2026-11-23T02:29:58Z'));
 * if (key !== 'nightly-report:2026-11-23') throw new Error(key);
 * ```
 */
export function scheduleKey(schedule: Schedule, at: Date = new Date()): string {
  const { name, every, startsAtMs, timeZone } = readSchedule(schedule, at);
  const ms = at.getTime() + toleranceMs[every];
  const utc = new Date(ms).toISOString();
  if (every === 'minute') return `${name}:${utc.slice(0, 16)}Z`;
  if (every === 'hour') return `${name}:${utc.slice(0, 13)}Z`;
  const date = new Date(lastStarted(ms, startsAtMs, timeZone));
  if (every === 'week') return `${name}:${weekOf(date)}`;
  return `${name}:${date.toISOString().slice(0, every === 'day' ? 10 : 7)}`;
}
