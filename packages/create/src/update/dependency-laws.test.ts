// What holds for the dependencies of a service, whatever you and the template did to them and to the rest of their file.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { VersionedService } from '../../fixtures/versioned-service.ts';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 25);

type List = Readonly<Record<string, string>>;

const list: fc.Arbitrary<List> = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  fc.constantFrom('1', '2', '3'),
);
const fact = fc.constantFrom('one', 'two', 'three');

interface Facts {
  readonly list: List;
  readonly other: string;
}

interface Manifest {
  readonly file: string;
  readonly language: string;
  readonly write: (facts: Facts) => string;
  readonly read: (text: string) => List;
}

const manifests: readonly Manifest[] = [
  {
    file: 'package.json',
    language: 'node',
    write: ({ list: dependencies, other }) => {
      const engines = { node: '>=22' };
      return `${JSON.stringify({ name: 'marlin-service', license: other, dependencies, devDependencies: {}, engines }, null, 2)}\n`;
    },
    read: (text) => (JSON.parse(text) as { dependencies?: List }).dependencies ?? {},
  },
  {
    file: 'pyproject.toml',
    language: 'python',
    write: ({ list: dependencies, other }) => {
      const lines = Object.entries(dependencies).map(([name, version]) => `  "${name}==${version}",\n`);
      return `[project]\nname = "x"\ndependencies = [\n${lines.join('')}]\n\n[tool.ruff]\nselect = "${other}"\n`;
    },
    read: (text) =>
      Object.fromEntries([...text.matchAll(/^ {2}"(\w)==(\d)"/gm)].map(([, name, version]) => [name, version])) as List,
  },
];

describe.each(manifests)('dependencies of $file', { timeout: 120_000 }, ({ file, language, write, read }) => {
  it('that you left alone are as the template has them, and those that it left alone are as you have them', async () => {
    const facts = fc.record({ list, other: fact });
    await fc.assert(
      fc.asyncProperty(facts, facts, facts, async (base, yours, template) => {
        const service = new VersionedService({ [file]: write(base) }, language);
        const rendered = service.read(file);
        const mine =
          language === 'node'
            ? JSON.stringify(
                { ...(JSON.parse(rendered) as object), license: yours.other, dependencies: yours.list },
                null,
                2,
              )
            : write(yours);
        service.edit({ [file]: `${mine.trimEnd()}\n` });
        const { outcome, conflicts } = await service.update({ [file]: write(template) });
        // Only what both changed, and differently, is left to decide.
        const contested = (from: string | undefined, own: string | undefined, theirs: string | undefined) =>
          from !== own && from !== theirs && own !== theirs && own !== undefined && theirs !== undefined;
        const names = [...new Set([base, yours, template].flatMap((one) => Object.keys(one.list)))];
        const isContested = (name: string) => contested(base.list[name], yours.list[name], template.list[name]);
        const isOpen = names.some(isContested) || contested(base.other, yours.other, template.other);
        expect(isOpen || conflicts.length === 0).toBe(true);
        fc.pre(outcome !== 'conflicts');
        const merged = read(service.read(file));
        const [decided, expected] = [new Map<string, unknown>(), new Map<string, unknown>()];
        for (const name of names) {
          const sides = [yours, template].filter((side) => side.list[name] !== base.list[name]);
          if (sides.length === 2) continue;
          decided.set(name, merged[name]);
          expected.set(name, (sides[0] ?? base).list[name]);
        }
        expect(decided).toEqual(expected);
      }),
      { numRuns },
    );
  });
});
