import { wrongValue } from '../errors/wrong-values.ts';
import { faultOfRecord, type RecordFault } from '../recording/minute-record-shape.ts';
import type { MinuteRecord, MinuteStratum } from '../recording/minute-record.ts';
import { cacheClasses } from '../recording/request-marks.ts';

/** The last minute that fits the integer column of a database. */
export const lastMinute = 2 ** 31 - 1;

/** One line of JSON. A value that is no record is refused: written, it would damage the history. */
export function printRecord(record: MinuteRecord): string {
  const fault = faultOf(record);
  if (fault !== undefined)
    throw wrongValue('HISTORY_ARGUMENT_INVALID', `record${fault.at}`, fault.value, fault.expected);
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

/** What a history asks of a record beyond its shape: what a database can keep, and one way to write the same times. */
function faultOf(record: unknown): RecordFault | undefined {
  const fault = faultOfRecord(record);
  if (fault !== undefined) return fault;
  const { minute, releaseId, strata } = record as MinuteRecord;
  if (minute > lastMinute) return { at: '.minute', value: minute, expected: 'whole minutes since 1970' };
  if (!isStorable(releaseId)) return { at: '.releaseId', value: releaseId, expected: 'text that a database can keep' };
  const unsorted = cacheClasses.find((name) => !isSorted(strata[name].times));
  if (unsorted === undefined) return undefined;
  const expected = 'buckets in rising order, each with a count of 1 or more';
  return { at: `.strata.${unsorted}.times`, value: strata[unsorted].times, expected };
}

/** With a plain loop: a day of history has a hundred thousand buckets. */
function isSorted(times: MinuteStratum['times']): boolean {
  let previous = -1;
  for (const pair of times) {
    if (pair[0] <= previous || pair[1] === 0) return false;
    previous = pair[0];
  }
  return true;
}

/** PostgreSQL keeps neither a NUL nor half a surrogate pair. */
const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

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
