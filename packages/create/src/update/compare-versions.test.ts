import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { compareVersions } from './compare-versions.ts';

describe('versions', () => {
  // The order that Semantic Versioning gives as its example, and what comes around it.
  const inOrder = [
    '0.9.10',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.0.1',
    '1.1.0',
    '1.10.0',
    '2.0.0',
  ];

  it('are in order', () => {
    const index = fc.nat({ max: inOrder.length - 1 });
    fc.assert(
      fc.property(index, index, (left, right) => {
        const order = compareVersions(inOrder[left] ?? '', inOrder[right] ?? '');
        expect(Math.sign(order)).toBe(Math.sign(left - right));
      }),
    );
  });

  it('are the same apart from what was built', () => {
    expect(compareVersions('1.0.0+a', '1.0.0+b')).toBe(0);
  });
});
