import { bucketCount } from '../recording/log-linear-histogram.ts';
import type { MinuteRecord } from '../recording/minute-record.ts';

import { isMinute, isName } from './check-input.ts';

/** Whether something that was read from a history can be counted: every count is a whole number, none is negative. */
export function isMinuteRecord(value: unknown): value is MinuteRecord {
  if (!isObject(value) || !isObject(value['strata'])) return false;
  const { minute, releaseId, requests, errors, strata } = value;
  const { hit, miss, none } = strata;
  return (
    isMinute(minute) &&
    isName(releaseId) &&
    isCount(requests) &&
    isCount(errors) &&
    errors <= requests &&
    [hit, miss, none].every(isStratum)
  );
}

function isStratum(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { requests, databaseCalls, times } = value;
  return isCount(requests) && isCount(databaseCalls) && Array.isArray(times) && areBuckets(times);
}

/** With plain loops and indices: a day of history has a hundred thousand buckets. */
function areBuckets(times: readonly unknown[]): boolean {
  for (const pair of times) {
    if (!Array.isArray(pair) || pair.length !== 2) return false;
    if (!isCount(pair[0]) || pair[0] >= bucketCount || !isCount(pair[1])) return false;
  }
  return true;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isObject(value: unknown): value is Record<string, Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
