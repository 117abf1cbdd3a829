import { describe, expect, it } from 'vitest';

import { readingsAt } from './readings.ts';

const at = (nowMinute: number, readAfterMinutes?: readonly number[]) =>
  readingsAt({ deployedAtMinute: 1000, releaseId: 'b', records: [], nowMinute, readAfterMinutes });

describe('the readings', () => {
  it.each([
    [990, null, 1011],
    [1000, null, 1011],
    [1010, null, 1011],
    [1011, 10, 1031],
    [1030, 10, 1031],
    [1031, 30, 1061],
    [1060, 30, 1061],
    [1061, 60, null],
    [99_999, 60, null],
  ])('at minute %d are %j, and the next one is due at %j', (now, latest, nextMinute) => {
    expect(at(now)).toMatchObject({ latest, nextMinute, count: 3 });
  });

  it('can be agreed on', () => {
    expect(at(1031, [30])).toEqual({ latest: 30, nextMinute: null, count: 1 });
    expect(at(1030, [30])).toMatchObject({ latest: null, nextMinute: 1031 });
  });
});
