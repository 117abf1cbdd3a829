import { readFileSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { canonicalJson, hashOf, NotJson } from './canonical-json.ts';

const contract = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../contract/input-hashes.json'), 'utf8'),
) as {
  cases: { input: unknown; canonical: string; hash: string }[];
  refused: { input: unknown; at: string }[];
};

function placeOf(value: unknown): string {
  try {
    return `accepted as ${canonicalJson(value, 'input')}`;
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return error.at;
  }
}

describe('the contract', () => {
  it('has cases of both kinds', () => {
    expect(contract.cases.length).toBeGreaterThan(50);
    expect(contract.refused.length).toBeGreaterThan(5);
  });

  it.each(contract.cases)('prints $canonical', ({ input, canonical, hash }) => {
    expect(canonicalJson(input, 'input')).toBe(canonical);
    expect(hashOf(canonical)).toBe(hash);
  });

  it.each(contract.refused)('refuses what stands at $at', ({ input, at }) => {
    expect(placeOf(input)).toBe(at);
  });
});

const anyJson = fc.jsonValue({ stringUnit: 'binary', noUnicodeString: false } as object);

describe('canonical JSON', () => {
  it('is the same whatever order the members were written in', () => {
    const shuffled = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(shuffled)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .toReversed()
                .map(([name, member]) => [name, shuffled(member)]),
            )
          : value;
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(canonicalJson(shuffled(value), 'input')).toBe(canonicalJson(value, 'input'));
      }),
    );
  });

  it('is read back as the same value, and printed again as the same text', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = canonicalJson(value, 'input');
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text), 'input')).toBe(text);
      }),
    );
  });

  it('differs for values that differ', () => {
    fc.assert(
      fc.property(anyJson, anyJson, (left, right) => {
        const isSame = canonicalJson(left, 'input') === canonicalJson(right, 'input');
        expect(isSame).toBe(
          fc.stringify(JSON.parse(canonicalJson(left, 'a'))) === fc.stringify(JSON.parse(canonicalJson(right, 'b'))),
        );
      }),
    );
  });

  it('leaves out members that are undefined', () => {
    expect(canonicalJson({ b: undefined, a: 1 }, 'input')).toBe('{"a":1}');
  });

  it('accepts the same object twice, and an object without a prototype', () => {
    const shared = Object.assign(Object.create(null) as object, { a: 1 });
    expect(canonicalJson([shared, shared], 'input')).toBe('[{"a":1},{"a":1}]');
  });
});

describe('what is no JSON is named with its place', () => {
  const cycle: Record<string, unknown> = {};
  cycle['again'] = { inner: cycle };
  let deep: unknown = null;
  for (let level = 0; level < 100_000; level += 1) deep = [deep];

  it.each([
    [undefined, 'input', 'undefined'],
    [Number.NaN, 'input', 'NaN (number)'],
    [{ a: [1, Number.POSITIVE_INFINITY] }, 'input.a[1]', 'Infinity (number)'],
    [{ a: 5n }, 'input.a', 'a value (bigint)'],
    [{ at: new Date(0) }, 'input.at', 'an object of the class Date'],
    [[new Map()], 'input[0]', 'an object of the class Map'],
    [{ run: () => 1 }, 'input.run', 'a value (function)'],
    [{ a: Symbol('a') }, 'input.a', 'a value (symbol)'],
    // oxlint-disable-next-line no-sparse-arrays -- a hole would be left out by JSON.stringify
    [[1, , 3], 'input[1]', 'undefined'],
    [{ 'a key': '\uD800' }, 'input["a key"]', 'text with half a surrogate pair'],
    [cycle, 'input.again.inner', 'an object that contains itself'],
  ])('%#', (value, at, got) => {
    expect(() => canonicalJson(value, 'input')).toThrow(expect.objectContaining({ name: 'NotJson', at, got }));
  });

  it('also when it is nested deeper than the stack', () => {
    expect(() => canonicalJson(deep, 'input')).toThrow('more than 200 levels');
  });
});
