import type { MinuteRecord, MinuteStratum } from '../recording/minute-record.ts';
import { isMinuteRecord } from '../recording/minute-record-shape.ts';
import type { CacheClass } from '../recording/request-marks.ts';

import { type StoredTimes, TimesStore } from './times-store.ts';

/** One minute of one release, summed up over its processes. */
export interface Minute {
  readonly minute: number;
  readonly requests: number;
  readonly errors: number;
  readonly strata: Readonly<Record<CacheClass, Stratum>>;
}

export interface Stratum {
  readonly requests: number;
  readonly databaseCalls: number;
  readonly store: TimesStore;
  readonly times: StoredTimes;
}

export type MinutesOfRelease = ReadonlyMap<number, Minute>;

export interface ReleaseMinutes {
  readonly releases: ReadonlyMap<string, MinutesOfRelease>;
  readonly refused: number;
}

/** Sorts records by release and minute; several processes of a release may have written the same minute. */
export function mergeRecords(records: readonly MinuteRecord[]): ReleaseMinutes {
  const store = new TimesStore();
  const releases = new Map<string, Map<number, Minute>>();
  let refused = 0;
  for (const record of records) {
    if (isMinuteRecord(record)) {
      const minutes = releases.get(record.releaseId) ?? new Map<number, Minute>();
      releases.set(record.releaseId, minutes);
      const read = readMinute(record, store);
      const known = minutes.get(record.minute);
      minutes.set(record.minute, known === undefined ? read : addMinutes(known, read, store));
    } else refused += 1;
  }
  return { releases, refused };
}

function readMinute({ minute, requests, errors, strata }: MinuteRecord, store: TimesStore): Minute {
  const read = ({ times, ...counts }: MinuteStratum): Stratum => ({ ...counts, store, times: store.add(times) });
  return {
    minute,
    requests,
    errors,
    strata: { hit: read(strata.hit), miss: read(strata.miss), none: read(strata.none) },
  };
}

function addMinutes(left: Minute, right: Minute, store: TimesStore): Minute {
  const add = (name: CacheClass): Stratum => ({
    requests: left.strata[name].requests + right.strata[name].requests,
    databaseCalls: left.strata[name].databaseCalls + right.strata[name].databaseCalls,
    store,
    times: store.merge(left.strata[name].times, right.strata[name].times),
  });
  return {
    minute: left.minute,
    requests: left.requests + right.requests,
    errors: left.errors + right.errors,
    strata: { hit: add('hit'), miss: add('miss'), none: add('none') },
  };
}

/** The recorded minutes of a span, in order; `until` is not part of it. */
export function minutesBetween(minutes: MinutesOfRelease | undefined, from: number, until: number): Minute[] {
  const found: Minute[] = [];
  for (let at = from; at < until; at += 1) {
    const minute = minutes?.get(at);
    if (minute !== undefined) found.push(minute);
  }
  return found;
}
