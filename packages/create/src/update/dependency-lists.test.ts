import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { mergeDependencies, type DependencyList } from './dependency-lists.ts';

const list: fc.Arbitrary<DependencyList> = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.constantFrom('1', '2', '3')), {
    selector: ([name]) => name,
  })
  .map((entries) => new Map(entries));
const shown = (names: DependencyList) => Object.fromEntries(names);

describe('lists of dependencies', () => {
  it('that one side left alone become those of the other', () => {
    fc.assert(
      fc.property(list, list, (base, other) => {
        const yoursAlone = mergeDependencies({ base, yours: other, template: base });
        const templatesAlone = mergeDependencies({ base, yours: base, template: other });
        for (const side of ['base', 'yours', 'template'] as const) {
          expect(shown(yoursAlone[side])).toEqual(shown(other));
          expect(shown(templatesAlone[side])).toEqual(shown(other));
        }
      }),
    );
  });

  it('lose nothing that you added or changed, and bring everything that you left alone', () => {
    fc.assert(
      fc.property(list, list, list, (base, yours, template) => {
        const merged = mergeDependencies({ base, yours, template });
        const changed = [...yours].filter(([name, text]) => text !== base.get(name));
        const left = [...yours.keys()].filter((name) => yours.get(name) === base.get(name));
        const added = [...template].filter(([name]) => !yours.has(name) && !base.has(name));
        const wanted = [...changed, ...left.map((name) => [name, template.get(name)] as const), ...added];
        expect(wanted.filter(([name, text]) => merged.yours.get(name) !== text)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('differ afterwards only in what both changed', () => {
    fc.assert(
      fc.property(list, list, list, (base, yours, template) => {
        const merged = mergeDependencies({ base, yours, template });
        const names = [...new Set([...merged.yours.keys(), ...merged.template.keys()])];
        const open = names.filter((name) => merged.yours.get(name) !== merged.template.get(name));
        for (const name of open) {
          expect(new Set([base.get(name), yours.get(name), template.get(name)]).size).toBe(3);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('stay sorted where both are, and keep your order where they are not', () => {
    const of = (...names: string[]) => new Map(names.map((name) => [name, '1']));
    const keys = (base: DependencyList, yours: DependencyList, template: DependencyList) => [
      ...mergeDependencies({ base, yours, template }).yours.keys(),
    ];
    expect(keys(of('b'), of('b', 'd'), of('a', 'b', 'c'))).toEqual(['a', 'b', 'c', 'd']);
    expect(keys(of('b'), of('d', 'b'), of('a', 'b'))).toEqual(['d', 'b', 'a']);
  });
});
