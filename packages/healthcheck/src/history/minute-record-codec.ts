import { bucketCount } from '../recording/log-linear-histogram.ts';
import type { MinuteRecord, MinuteStratum } from '../recording/minute-record.ts';
import { wrongArgument } from './history-error.ts';

/** The last minute that fits the integer column of a database. */
export const lastMinute = 2 ** 31 - 1;

const cacheClasses = ['hit', 'miss', 'none'] as const;

/** One line of JSON. A value that is no record is refused: written, it would damage the history. */
export function printRecord(record: MinuteRecord): string {
  const fault = faultOf(record);
  if (fault !== undefined) throw wrongArgument(`record${fault.at}`, fault.value, fault.expected);
  return JSON.stringify(onlyKnown(record));
}

/** Undefined for whatever `printRecord` does not print; fields it does not know are left out. */
export function parseRecord(text: string): MinuteRecord | undefined {
  const read = readLine(text);
  return typeof read === 'string' ? undefined : read;
}

/**
 * A record, or what else the line is: the beginning of one, whose process was killed or whose disk was full, or
 * something foreign.
 */
export function readLine(line: string): MinuteRecord | 'cut off' | 'foreign' {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    const begin = '{"minute":';
    // Whatever stands in it, a whole record is an object in an object in an object.
    return (line.startsWith(begin) || begin.startsWith(line)) && !line.endsWith('}}}') ? 'cut off' : 'foreign';
  }
  return faultOf(value) === undefined ? onlyKnown(value as MinuteRecord) : 'foreign';
}

interface Fault {
  readonly at: string;
  readonly value: unknown;
  readonly expected: string;
}

function faultOf(record: unknown): Fault | undefined {
  if (!isObject(record)) return { at: '', value: record, expected: 'a minute record' };
  const { minute, releaseId, requests, errors, strata } = record;
  if (!isCount(minute, lastMinute)) return { at: '.minute', value: minute, expected: 'whole minutes since 1970' };
  if (!isStorable(releaseId)) return { at: '.releaseId', value: releaseId, expected: 'text that is not empty' };
  if (!isCount(requests)) return { at: '.requests', value: requests, expected: 'a whole number, 0 or more' };
  if (!isCount(errors, requests)) return { at: '.errors', value: errors, expected: `0 to the ${requests} requests` };
  if (!isObject(strata)) return { at: '.strata', value: strata, expected: 'an object with hit, miss and none' };
  for (const name of cacheClasses) {
    const fault = faultOfStratum(strata[name]);
    if (fault !== undefined) return { ...fault, at: `.strata.${name}${fault.at}` };
  }
  return undefined;
}

function faultOfStratum(stratum: unknown): Fault | undefined {
  if (!isObject(stratum)) return { at: '', value: stratum, expected: 'an object' };
  const { requests, databaseCalls, times } = stratum;
  const count = 'a whole number, 0 or more';
  if (!isCount(requests)) return { at: '.requests', value: requests, expected: count };
  if (!isCount(databaseCalls)) return { at: '.databaseCalls', value: databaseCalls, expected: count };
  if (!isTimes(times)) {
    return { at: '.times', value: times, expected: `[bucket, count] pairs: buckets rising below ${bucketCount}` };
  }
  return undefined;
}

/** With a plain loop: a day of history has a hundred thousand buckets. */
function isTimes(times: unknown): times is MinuteStratum['times'] {
  if (!Array.isArray(times)) return false;
  let previous = -1;
  for (const pair of times as unknown[]) {
    if (!Array.isArray(pair) || pair.length !== 2) return false;
    const bucket: unknown = pair[0];
    if (!isCount(bucket, bucketCount - 1) || bucket <= previous || !isCount(pair[1]) || pair[1] === 0) return false;
    previous = bucket;
  }
  return true;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown, maximum = Number.MAX_SAFE_INTEGER): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= maximum;

/** PostgreSQL keeps neither a NUL nor half a surrogate pair. */
const isStorable = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.isWellFormed() && !value.includes('\0');

function onlyKnown({ minute, releaseId, requests, errors, strata }: MinuteRecord): MinuteRecord {
  const { hit, miss, none } = strata;
  return {
    minute,
    releaseId,
    requests,
    errors,
    strata: { hit: onlyCounts(hit), miss: onlyCounts(miss), none: onlyCounts(none) },
  };
}

function onlyCounts({ requests, databaseCalls, times }: MinuteStratum): MinuteStratum {
  return { requests, databaseCalls, times };
}
