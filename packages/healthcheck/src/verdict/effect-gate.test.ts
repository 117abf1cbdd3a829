import { describe, expect, it } from 'vitest';

import { isLargeEnough } from './effect-gate.ts';

describe('a change that matters', () => {
  it.each([
    ['p95', 72, 109, true],
    ['p95', 109, 72, true],
    // 10 % of 72 ms, and a little less.
    ['p50', 72, 79.3, true],
    ['p50', 72, 79.1, false],
    // Half as slow again, and less than a millisecond.
    ['p50', 1.8, 2.7, false],
    ['p50', 1.8, 2.9, true],
    ['errors', 0.003, 0.0051, true],
    ['errors', 0.003, 0.0049, false],
    ['errors', 0.03, 0, true],
    ['databaseCalls', 3, 3.4, true],
    ['databaseCalls', 3, 3.2, false],
    ['databaseCalls', 0, 1, true],
    ['databaseCalls', 0.01, 0.05, false],
  ] as const)('%s %d → %d: %s', (kind, before, after, expected) => {
    expect(isLargeEnough({ kind, before, after })).toBe(expected);
  });
});
