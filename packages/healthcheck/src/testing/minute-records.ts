import fc from 'fast-check';

import { bucketCount } from '../recording/log-linear-histogram.ts';
import type { MinuteRecord } from '../recording/minute-record.ts';

const count = fc.nat({ max: Number.MAX_SAFE_INTEGER });

const times = fc
  .uniqueArray(fc.tuple(fc.nat({ max: bucketCount - 1 }), fc.integer({ min: 1, max: 2 ** 32 })), {
    selector: ([bucket]) => bucket,
    maxLength: 40,
  })
  .map((pairs) => pairs.toSorted(([left], [right]) => left - right));

const stratum = fc.record({ requests: count, databaseCalls: count, times });

/** Every minute record there can be. */
export const anyRecord: fc.Arbitrary<MinuteRecord> = fc
  .record({
    minute: fc.nat({ max: 2 ** 31 - 1 }),
    releaseId: fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\0')),
    errors: fc.nat({ max: 1000 }),
    others: fc.nat({ max: 1000 }),
    strata: fc.record({ hit: stratum, miss: stratum, none: stratum }),
  })
  .map(({ minute, releaseId, errors, others, strata }) => ({
    minute,
    releaseId,
    requests: errors + others,
    errors,
    strata,
  }));

const idle = { requests: 0, databaseCalls: 0, times: [] };

/** The record of a quiet minute. */
export function recordOf(minute: number, releaseId = '1.0.0'): MinuteRecord {
  const none = { requests: 2, databaseCalls: 3, times: [[96, 1] as const, [130, 1] as const] };
  return { minute, releaseId, requests: 3, errors: 1, strata: { hit: idle, miss: idle, none } };
}
