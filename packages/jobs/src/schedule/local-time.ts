const dayMs = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const numeric = 'numeric' as const;
  const fields = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric };
  const format = new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'iso8601', hourCycle: 'h23', ...fields });
  formats.set(timeZone, format);
  return format;
}

/** A name of the IANA database; what a runtime knows besides, such as `+02:00`, other languages do not. */
export function isTimeZone(timeZone: unknown): timeZone is string {
  if (typeof timeZone !== 'string' || !/^[A-Za-z]/.test(timeZone)) return false;
  try {
    formatOf(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** What the clocks of a zone show, as if it were UTC: a number that can be counted with. */
function shownAt(ms: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(ms);
  const part = (type: string) => Number(parts.find((found) => found.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** When the clocks of a zone show a time first, or nothing when they jump over it. */
function firstShown(shownMs: number, timeZone: string): number | undefined {
  const offsets = [shownMs - dayMs, shownMs + dayMs].map((ms) => shownAt(ms, timeZone) - ms);
  const moments = offsets.map((offsetMs) => shownMs - offsetMs).filter((ms) => shownAt(ms, timeZone) === shownMs);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/**
 * The local date, as its midnight in UTC, whose slot has begun last.
 *
 * @param startsAtMs - when the slot of a date begins, in milliseconds after midnight by the local clock
 */
export function lastStarted(ms: number, startsAtMs: number, timeZone: string): number {
  const dateMs = Math.floor((shownAt(ms, timeZone) - startsAtMs) / dayMs) * dayMs;
  // The clock may have shown that time already and been put back since.
  const firstMs = firstShown(dateMs + dayMs + startsAtMs, timeZone);
  return firstMs !== undefined && firstMs <= ms ? dateMs + dayMs : dateMs;
}
