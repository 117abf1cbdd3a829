import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { chooseBenchmark } from '../../bench/choose-benchmark.ts';
import { wrongSettings } from '../../bench/defaults/check-settings.ts';
import { expectedSettings } from '../../bench/defaults/environment.ts';
import { interleave, shuffle } from '../../bench/interleave.ts';
import { median, quantile, ratioOfMedians } from '../../bench/median.ts';
import { meetsGoal, renderJson, renderMarkdown } from '../../bench/results.ts';

import { lockFileProblems, type LockFile } from './lock-file.ts';

const bench = path.resolve(import.meta.dirname, '../../bench');

describe('the samples of a benchmark', () => {
  it('are summed up by their median', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(quantile([0, 10, 20, 30, 40], 0.25)).toBe(10);
    expect(ratioOfMedians([1, 2, 100], [4, 8, 9])).toBe(0.25);
    expect(() => median([])).toThrow('there are no samples');
  });

  it('are taken from every subject once in each round, without the first round', () => {
    const asked: string[] = [];
    const samples = interleave(['a', 'b'], 3, (subject, round) => {
      asked.push(subject);
      return `${subject}${round}`;
    });
    expect(asked).toHaveLength(2 * (1 + 3));
    expect([...samples]).toEqual([
      ['a', ['a1', 'a2', 'a3']],
      ['b', ['b1', 'b2', 'b3']],
    ]);
  });

  it('are taken in another order each time', () => {
    const draws = [0.3, 0.1, 0.2];
    expect(shuffle(['a', 'b', 'c'], () => draws.shift() ?? 0)).toEqual(['b', 'c', 'a']);
  });
});

describe('the results of a benchmark', () => {
  const circumstances = { at: '2026-01-02T03:04:05.000Z', node: '24.21.0', cpu: 'a processor, 2 cores' };
  const figures = [
    { key: 'cold', value: 0.150_04, unit: 'ratio', goal: '<= 0.15' },
    { key: 'size', value: 12.3, unit: 'KB', goal: '<= 12' },
    { key: 'hot', value: 1.5, unit: 'ratio' },
  ];

  it('are data that never contradict themselves', () => {
    expect(JSON.parse(renderJson('x', circumstances, figures))).toEqual({
      name: 'x',
      ...circumstances,
      figures: [
        { key: 'cold', value: 0.15, unit: 'ratio', goal: '<= 0.15', met: true },
        { key: 'size', value: 12.3, unit: 'KB', goal: '<= 12', met: false },
        { key: 'hot', value: 1.5, unit: 'ratio', goal: null, met: null },
      ],
    });
  });

  it('are a page that says where it was measured and how to repeat it', () => {
    expect(renderMarkdown('x', circumstances, { figures, explanation: 'Why.' })).toMatchInlineSnapshot(`
      "# Benchmark \`x\`

      Measured on 2026-01-02 with Node 24.21.0 on a processor, 2 cores. Repeat it with \`npm run bench -- x\`, on a machine that does nothing else.

      | Figure | Value | Unit | Goal | Met |
      | --- | --- | --- | --- | --- |
      | \`cold\` | 0.15 | ratio | <= 0.15 | yes |
      | \`size\` | 12.3 | KB | <= 12 | **no** |
      | \`hot\` | 1.5 | ratio |  |  |

      Why.
      "
    `);
  });

  it.each([
    [0.15, '<= 0.15', true],
    [0.151, '<= 0.15', false],
    [2, '>= 2', true],
    [1.9, '>= 2', false],
  ])('%d meets %s: %s', (value, goal, met) => {
    expect(meetsGoal(value, goal)).toBe(met);
  });

  it('refuse a goal they cannot read', () => {
    expect(() => meetsGoal(1, 'fast')).toThrow('expected a goal such as "<= 0.15", got "fast"');
  });

  it('are committed in both forms', () => {
    const names = (extension: string) =>
      globSync(`results/*.${extension}`, { cwd: bench }).map((file) => path.basename(file, `.${extension}`));
    expect(names('json').toSorted()).toEqual(names('md').toSorted());
    for (const name of names('json')) {
      const results: unknown = JSON.parse(readFileSync(path.join(bench, `results/${name}.json`), 'utf8'));
      expect(Object.keys(results as object)).toEqual(['name', 'at', 'node', 'cpu', 'figures']);
    }
  });
});

describe('the name of a benchmark', () => {
  const [one, another] = ['one', 'another'].map((name) => ({
    name,
    question: `what ${name} costs`,
    run: () => ({ figures: [], explanation: '' }),
  })) as [never, never];

  it('chooses it', () => {
    expect(chooseBenchmark([one, another], ['another'])).toEqual({ chosen: another });
  });

  it.each([
    [[], 'expected the name of a benchmark'],
    [['ohter'], 'no benchmark is named "ohter"'],
    [['one', 'another'], 'expected one name, got 2'],
  ])('is refused with the names there are: %j', (args, mistake) => {
    const usage = `bench: ${mistake}\n\nnpm run bench -- NAME\n\n  one      what one costs\n  another  what another costs\n`;
    expect(chooseBenchmark([one, another], args)).toEqual({ usage });
  });

  it('is demanded by the command', () => {
    const { status, stderr } = spawnSync(process.execPath, ['bench/run.ts', 'nothing'], {
      cwd: path.dirname(bench),
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({
      status: 64,
      stderr: expect.stringContaining('no benchmark is named "nothing"') as string,
    });
  });
});

describe('the benchmark of the defaults', () => {
  const right = Object.fromEntries(expectedSettings.map(({ key, value }) => [key, value]));

  it('accepts the settings under their keys or their variables', () => {
    const byVariable = Object.fromEntries(expectedSettings.map(({ name, value }) => [name, value]));
    expect([wrongSettings(right), wrongSettings(byVariable)]).toEqual([[], []]);
  });

  it('fails for a setting that was misread, left out or made up', () => {
    const { host, ...rest } = right;
    expect(wrongSettings({ ...right, port: '3000' })).toEqual(['APP_PORT: expected 3000, got "3000"']);
    expect(wrongSettings(rest)).toEqual([
      `APP_HOST: expected ${JSON.stringify(host)}, got undefined`,
      'expected 20 settings, got 19',
    ]);
    expect(wrongSettings({ ...right, colour: 'red' })).toEqual(['expected 20 settings, got 21']);
  });
});

describe('the peers of a benchmark', () => {
  it.each(globSync('*/peers/package.json', { cwd: bench }).map((file) => path.dirname(file)))(
    '%s are locked exactly, for every platform and without addresses',
    (folder) => {
      const read = (file: string): unknown => JSON.parse(readFileSync(path.join(bench, folder, file), 'utf8'));
      const { dependencies } = read('package.json') as { dependencies: Record<string, string> };
      const lock = read('package-lock.json') as LockFile & { packages: Record<string, { version?: string }> };
      expect(lockFileProblems(lock)).toEqual([]);
      for (const [name, version] of Object.entries(dependencies))
        expect([name, lock.packages[`node_modules/${name}`]?.version]).toEqual([name, version]);
    },
  );
});
