import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { apiSurface, withoutComments } from '../../scripts/api-surface.ts';
import { publishedPackages, type PublishedPackage } from '../../scripts/published-packages.ts';

describe('the surface of a package', () => {
  let copy: PublishedPackage;
  let before: string;

  function edit(file: string, from: string, to: string): void {
    const target = path.join(copy.directory, 'dist', file);
    const text = readFileSync(target, 'utf8');
    expect(text).toContain(from);
    writeFileSync(target, text.replace(from, to));
  }

  beforeEach(async () => {
    const jobs = publishedPackages().find(({ folder }) => folder === 'jobs');
    if (jobs === undefined) throw new Error('packages/jobs is gone');
    copy = { ...jobs, directory: mkdtempSync(path.join(tmpdir(), 'surface-')) };
    cpSync(path.join(jobs.directory, 'dist'), path.join(copy.directory, 'dist'), { recursive: true });
    before = await apiSurface(copy);
  });
  afterEach(() => rmSync(copy.directory, { recursive: true }));

  it.each([
    ['an option is renamed', 'job-options.d.ts', 'leaseMs?: number', 'leaseSeconds?: number'],
    ['an option becomes required', 'job-options.d.ts', 'keepMs?: number', 'keepMs: number'],
    ['an export is gone', 'index.d.ts', 'export { memoryStore }', 'export {}'],
    [
      'a type that is only reached through another one changes',
      'ledger/job-store.d.ts',
      'inputHash: string',
      'hash: string',
    ],
  ])('changes when %s', async (_what, file, from, to) => {
    edit(file, from, to);
    expect(await apiSurface(copy)).not.toBe(before);
  });

  it('does not change with a comment', async () => {
    edit('job-options.d.ts', '/**', '/** Better said: a // b. ');
    expect(await apiSurface(copy)).toBe(before);
  });

  it('does not change with a declaration that nothing public names', async () => {
    edit('job-options.d.ts', 'export interface', 'export interface Hidden { a: 1 }\nexport interface');
    expect(await apiSurface(copy)).toBe(before);
  });
});

it('what looks like a comment inside of a text stays', () => {
  expect(withoutComments(`type A = '/* a */' | "// b"; // c\n/** d */\n\ntype B = 1;`)).toBe(
    `type A = '/* a */' | "// b";\ntype B = 1;`,
  );
});
