import { describe, expect, it } from 'vitest';

import { explain } from '../../bench/jobs/explain.ts';
import { ours, plain, plainAgain, timeImport } from '../../bench/jobs/imports.ts';
import { measureImports } from '../../bench/jobs/measure-imports.ts';

describe('the imports of the benchmark', () => {
  it.each([plain, ours])('do what they say: $title', async (subject) => {
    expect(await timeImport(subject, 2)).toBeGreaterThan(0);
  });

  it('that leave rows out are found', async () => {
    const lazy = { title: 'lazy', run: () => Promise.resolve(() => Promise.resolve()) };
    await expect(timeImport(lazy, 2)).rejects.toThrow('lazy imported 0 rows');
  });

  it('take turns, once in each round', async () => {
    const rounds = await measureImports(3, 1);
    expect(Array.from(rounds, ([subject, samples]) => [subject, samples.length])).toEqual([
      [plain, 3],
      [plainAgain, 3],
      [ours, 3],
    ]);
  });

  it('are explained with their differences from the plain one', () => {
    const rounds = new Map([
      [plain, [100, 100]],
      [ours, [110, 110]],
    ]);
    expect(explain(rounds, 7)).toContain('| 110.0 | 4,545,455 | +10.0 | +10.0 to +10.0 |');
    expect(explain(rounds, 7)).toContain('2 rounds of 7 commits of 500 rows');
  });
});
