import { isObject, isWhole } from '../value-checks.ts';
import { bucketCount } from './log-linear-histogram.ts';
import type { MinuteRecord, MinuteStratum } from './minute-record.ts';
import { cacheClasses } from './request-marks.ts';

/** Where a value is no minute record. */
export interface RecordFault {
  /** Behind the name of the record: `.strata.hit.times`. */
  readonly at: string;
  readonly value: unknown;
  readonly expected: string;
}

/** Whether something that was read from a history can be counted. */
export function isMinuteRecord(value: unknown): value is MinuteRecord {
  return faultOfRecord(value) === undefined;
}

/**
 * What the contract of the verdicts calls malformed, and no more than that: buckets may stand in any order, more than
 * once and without a count. What a history writes is stricter.
 */
export function faultOfRecord(record: unknown): RecordFault | undefined {
  if (!isObject(record)) return { at: '', value: record, expected: 'a minute record' };
  const { minute, releaseId, requests, errors, strata } = record as Unchecked<MinuteRecord>;
  if (!isCount(minute)) return { at: '.minute', value: minute, expected: 'whole minutes since 1970' };
  if (!isName(releaseId)) return { at: '.releaseId', value: releaseId, expected: 'text that is not empty' };
  if (!isCount(requests)) return { at: '.requests', value: requests, expected: count };
  if (!isCount(errors) || errors > requests)
    return { at: '.errors', value: errors, expected: `0 to the ${requests} requests` };
  if (!isObject(strata)) return { at: '.strata', value: strata, expected: 'an object with hit, miss and none' };
  for (const name of cacheClasses) {
    const fault = faultOfStratum((strata as Unchecked<MinuteRecord['strata']>)[name]);
    if (fault !== undefined) return { ...fault, at: `.strata.${name}${fault.at}` };
  }
  return undefined;
}

type Unchecked<T> = { readonly [Key in keyof T]?: unknown };

const count = 'a whole number, 0 or more';

function faultOfStratum(stratum: unknown): RecordFault | undefined {
  if (!isObject(stratum)) return { at: '', value: stratum, expected: 'an object' };
  const { requests, databaseCalls, times } = stratum as Unchecked<MinuteStratum>;
  if (!isCount(requests)) return { at: '.requests', value: requests, expected: count };
  if (!isCount(databaseCalls)) return { at: '.databaseCalls', value: databaseCalls, expected: count };
  if (!areBuckets(times))
    return { at: '.times', value: times, expected: `[bucket, count] pairs, buckets below ${bucketCount}` };
  return undefined;
}

/** With a plain loop and indices: a day of history has a hundred thousand buckets. */
function areBuckets(times: unknown): boolean {
  if (!Array.isArray(times)) return false;
  for (const pair of times as unknown[]) {
    if (!Array.isArray(pair) || pair.length !== 2) return false;
    if (!isWhole(pair[0], 0, bucketCount - 1) || !isCount(pair[1])) return false;
  }
  return true;
}

export const isCount = (value: unknown): value is number => isWhole(value, 0, Number.MAX_SAFE_INTEGER);

export const isName = (value: unknown): value is string => typeof value === 'string' && value !== '';
