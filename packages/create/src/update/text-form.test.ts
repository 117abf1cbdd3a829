import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fromPlainText, isText, toPlainText } from './text-form.ts';

const odd = fc.array(fc.constantFrom('a', '\n', '\r\n', '\r', '\uFEFF', 'ü', '\0'), { maxLength: 12 });
const anything = fc.oneof(
  odd.map((parts) => Buffer.from(parts.join(''))),
  fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
);

describe('the form of a text', () => {
  it('can be taken away and put back: nothing is lost', () => {
    fc.assert(
      fc.property(anything, (contents) => {
        const { plain, form } = toPlainText(contents);
        expect(fromPlainText(plain, form)).toEqual(contents);
      }),
      { numRuns: 1000 },
    );
  });

  it('is taken away only once', () => {
    fc.assert(
      fc.property(anything, (contents) => {
        const { plain } = toPlainText(contents);
        fc.pre(plain.subarray(0, 3).toString('latin1') !== '\u00EF\u00BB\u00BF');
        expect(toPlainText(plain).plain).toEqual(plain);
      }),
    );
  });

  it.each([
    ['', true],
    ['text ü', true],
    ['\0', false],
  ])('%j is text: %s', (text, expected) => {
    expect(isText(Buffer.from(text))).toBe(expected);
  });
});
