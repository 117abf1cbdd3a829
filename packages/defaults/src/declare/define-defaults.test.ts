import { describe, expect, expectTypeOf, it } from 'vitest';

import { count, DeclarationError, defineDefaults, duration, loadSettings, oneOf } from '../index.ts';

const texts = { owner: 'team-a', reason: 'a reason', expect: 'a result', rollback: 'unset it' };
const limits = { min: 1, max: 10 };

function problemsOf(declare: () => unknown): readonly string[] {
  try {
    declare();
  } catch (error) {
    if (error instanceof DeclarationError) return error.problems;
    throw error;
  }
  return [];
}

describe('a declaration', () => {
  it('is refused with everything that is wrong with it', () => {
    const wrong = {
      size: count({ env: 'QUEUE_SIZE', default: 50, ...limits, ...texts, in: { test: 0 } }),
      same: count({ env: 'QUEUE_SIZE', default: 5, ...limits, ...texts, reason: ' ' }),
      other: count({ env: 'OTHER', default: 5, ...limits, ...texts }),
    };
    const rule = { says: 'a', left: 'size', relation: '<', right: 'none' as 'same', fix: 'b' } as const;
    const problems = problemsOf(() => defineDefaults('queue', 'QUEUE_', wrong, [rule]));
    expect(problems.map((problem) => problem.replace(/:.*/s, ''))).toEqual([
      'queue.size',
      'queue.size',
      'queue.same',
      'queue.same',
      'queue.other',
      'queue',
    ]);
  });

  it('of one variable in two groups is refused when both are loaded', () => {
    const group = (name: string) =>
      defineDefaults(name, 'A_', { a: count({ env: 'A_B', default: 1, ...limits, ...texts }) });
    const both = { one: group('one'), two: group('two') };
    expect(() => loadSettings(both, { env: {}, owner: 'team-a' })).toThrow('A_B is declared by one.a and two.a');
  });

  it('without one of its texts does not compile', () => {
    const { rollback: _rollback, ...without } = texts;
    // @ts-expect-error rollback is missing
    const setting = duration({ env: 'A', default: '1s', min: '1s', max: '2s', ...without });
    expect(problemsOf(() => defineDefaults('a', '', { setting }))).toHaveLength(1);
  });

  it('gives the loaded values their types', () => {
    const group = defineDefaults('a', 'A_', {
      level: oneOf(['low', 'high'], { env: 'A_LEVEL', default: 'low', ...texts }),
      size: count({ env: 'A_SIZE', default: 1, ...limits, ...texts }),
    });
    const { settings } = loadSettings({ a: group }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-a' });
    expectTypeOf(settings.a.level).toEqualTypeOf<'low' | 'high'>();
    expectTypeOf(settings.a.size).toEqualTypeOf<number>();
    expect(settings.a).toEqual({ level: 'low', size: 1 });
  });
});
