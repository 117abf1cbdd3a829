import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { explain } from '../../bench/preset/explain.ts';
import { findingsOf } from '../../bench/preset/findings.ts';
import { eslintTyped, formatters, linters, oursTyped, oursUntyped, prettier } from '../../bench/preset/programs.ts';
import { thisRepository } from '../../bench/preset/source-trees.ts';
import { runProgram } from '../../bench/preset/time-program.ts';

const fixtures = path.resolve(import.meta.dirname, '../../packages/preset/fixtures');
const fault = 'fail/typescript/no-floating-promises.ts';

describe('the programs of the benchmark', { timeout: 60_000 }, () => {
  it('that are ours lint with types, and without them', () => {
    const rulesOf = (program: typeof oursTyped) => findingsOf(program, [fault], fixtures).map(({ rule }) => rule);
    expect(rulesOf(oursTyped)).toEqual(['typescript/no-floating-promises']);
    expect(rulesOf(oursUntyped)).toEqual([]);
  });

  it('that do not work end the benchmark', () => {
    const broken = { ...oursTyped, args: ['--config=nowhere.json'] };
    expect(() => runProgram({ ...broken, command: 'no-such-linter' }, [], fixtures)).toThrow('ENOENT');
    expect(() => findingsOf(broken, [fault], fixtures)).toThrow('nobody reads what');
  });
});

describe('the tree of this repository', () => {
  it('leaves planted faults and peers out', () => {
    const { files, lines } = thisRepository();
    expect(files).toContain('bench/preset/benchmark.ts');
    expect(files.filter((file) => file.includes('fixtures/fail') || file.includes('/peers/'))).toEqual([]);
    expect(lines).toBeGreaterThan(20_000);
  });
});

describe('the explanation', () => {
  it('has each program with its ratio, and each fault with who caught it', () => {
    const seconds = new Map([...linters, ...formatters].map((program) => [program, [1, 2, 3]]));
    seconds.set(eslintTyped, [20, 20, 20]);
    seconds.set(prettier, [4, 4, 4]);
    const tree = { title: 'a tree', folder: '/', files: ['a.ts'], lines: 1200 };
    const text = explain({
      trees: [{ tree, seconds, findings: new Map([[oursTyped, 7]]) }],
      faults: [{ rule: 'eqeqeq', caughtBy: new Map([[oursTyped, ['eqeqeq']]]) }],
      cachedSeconds: [0.5],
      rounds: 3,
      versions: { eslint: '1.2.3' },
      load: 0.2,
    });
    expect(text).toContain('### a tree: 1 files, 1,200 lines');
    expect(text).toContain('| `@seaworthy/preset`, with types | 2.00 | 1.00 to 3.00 | 0.1000 of ESLint | 7 |');
    expect(text).toContain('| `eqeqeq` | `eqeqeq` |  |  |  |');
    expect(text).toContain('| **caught** | **1 of 1** | **0 of 1** |');
  });
});
