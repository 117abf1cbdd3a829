import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { shown } from './shown.ts';

describe('shown', () => {
  it.each([
    ['orders', '"orders"'],
    ['a\u001B[31m\u009B31m\u202E', String.raw`"a\u001b[31m\u009b31m\u202e"`],
    ['😀', '"😀"'],
    ['a'.repeat(200), `"${'a'.repeat(60)}…"`],
    [7, '7'],
    [undefined, 'undefined'],
    [{ a: 1 }, '{"a":1}'],
  ])('shows %j as %s', (value, text) => {
    expect(shown(value)).toBe(text);
  });

  it('is one short line without control characters, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 2 })), (value) => {
        // oxlint-disable-next-line no-control-regex -- what must not be there
        expect(shown(value)).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]/);
        expect(shown(value).length).toBeLessThan(400);
      }),
    );
  });
});
