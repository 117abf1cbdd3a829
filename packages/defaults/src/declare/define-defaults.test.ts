import { describe, expect, expectTypeOf, it } from 'vitest';

import {
  count,
  DeclarationError,
  defineDefaults,
  duration,
  loadSettings,
  oneOf,
  overrideDefaults,
  secret,
  type Rule,
  type Setting,
} from '../index.ts';

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

const named = (problems: readonly string[]) => problems.map((problem) => problem.replace(/:.*/s, ''));

describe('a declaration', () => {
  it('is refused with everything that is wrong with it', () => {
    const wrong = {
      size: count({ env: 'QUEUE_SIZE', default: 50, ...limits, ...texts, in: { test: 0 } }),
      same: count({ env: 'QUEUE_SIZE', default: 5, ...limits, ...texts, reason: ' ' }),
      other: count({ env: 'OTHER', default: 5, ...limits, ...texts }),
    };
    const rule = { says: 'a', left: 'size', relation: '<', right: 'none' as 'same', fix: 'b' } as const;
    const problems = problemsOf(() => defineDefaults('queue', 'QUEUE_', wrong, [rule]));
    expect(named(problems)).toEqual(['queue.size', 'queue.size', 'queue.same', 'queue.same', 'queue.other', 'queue']);
  });

  it.each(['two\nlines', 'a | b', 'ends with \\', '', '  '])('needs texts of one line, not %j', (reason) => {
    const setting = count({ env: 'A', default: 1, ...limits, ...texts, reason });
    expect(problemsOf(() => defineDefaults('a', '', { setting }))).toHaveLength(1);
  });

  it('takes effect in one place', () => {
    const platform = { appliesTo: 'queue', parameter: 'Size' } as const;
    const declare = (place: object) =>
      problemsOf(() =>
        defineDefaults('a', '', {
          // A caller without types can pass anything.
          setting: count({ default: 1, ...limits, ...texts, ...place } as unknown as Parameters<typeof count>[0] & {
            env: string;
          }),
        }),
      );
    expect(declare(platform)).toEqual([]);
    expect(declare({ env: 'A', ...platform })).toHaveLength(1);
    expect(declare({})).toHaveLength(1);
    expect(declare({ appliesTo: 'mainframe', parameter: 'Size' })).toHaveLength(1);
    expect(declare({ ...platform, parameter: '' })).toHaveLength(1);
    expect(declare({ ...platform, default: undefined })).toEqual([
      'a.setting: it is never loaded, so it needs a default',
    ]);
  });

  it('has rules about numbers that its own defaults keep', () => {
    const settings = {
      a: count({ env: 'A_A', default: 5, ...limits, ...texts }),
      b: count({ env: 'A_B', default: 5, ...limits, ...texts }),
      word: oneOf(['x', 'y'], { env: 'A_WORD', default: 'x', ...texts }),
    };
    const rules = [
      { says: 'a below b', left: 'a', relation: '<', right: 'b', fix: 'lower it' },
      { says: 'a below word', left: 'a', relation: '<', right: 'word', fix: 'lower it' },
    ] as const;
    expect(problemsOf(() => defineDefaults('a', 'A_', settings, rules))).toEqual([
      'a: the rule "a below b" is broken by the defaults',
      'a: the rule "a below word" names word, which is no number',
    ]);
  });

  it('of an address or a secret has no default of production', () => {
    const token = secret({ env: 'A_TOKEN', minLength: 3, ...texts });
    const group = defineDefaults('a', 'A_', { token });
    const override = { token: { default: 'abc', ...texts } };
    expect(problemsOf(() => overrideDefaults(group, override))).toHaveLength(1);
  });

  it('of DEPLOY_ENVIRONMENT is refused', () => {
    const setting = count({ env: 'DEPLOY_ENVIRONMENT', default: 1, ...limits, ...texts });
    expect(problemsOf(() => defineDefaults('a', '', { setting }))).toHaveLength(1);
  });
});

describe('the types demand', () => {
  const place = { env: 'A', default: '1s', min: '1s', max: '2s' } as const;
  const refused = (setting: Setting<unknown>) => problemsOf(() => defineDefaults('a', '', { setting }));

  it('an owner, a reason, an expected result and a way back', () => {
    const { owner: _owner, ...withoutOwner } = texts;
    const { reason: _reason, ...withoutReason } = texts;
    const { expect: _expect, ...withoutExpect } = texts;
    const { rollback: _rollback, ...withoutRollback } = texts;
    const settings: Setting<unknown>[] = [
      // @ts-expect-error owner is missing
      duration({ ...place, ...withoutOwner }),
      // @ts-expect-error reason is missing
      duration({ ...place, ...withoutReason }),
      // @ts-expect-error expect is missing
      duration({ ...place, ...withoutExpect }),
      // @ts-expect-error rollback is missing
      duration({ ...place, ...withoutRollback }),
    ];
    expect(settings.map((setting) => refused(setting).length)).toEqual([1, 1, 1, 1]);
  });

  it('an env, or a platform with the name it gives the setting', () => {
    const { env: _env, ...limitsOnly } = place;
    const settings: Setting<unknown>[] = [
      // @ts-expect-error neither env nor appliesTo
      duration({ ...limitsOnly, ...texts }),
      // @ts-expect-error parameter is missing
      duration({ ...limitsOnly, ...texts, appliesTo: 'queue' }),
      // @ts-expect-error both
      duration({ ...place, ...texts, appliesTo: 'queue', parameter: 'Size' }),
    ];
    expect(settings.map((setting) => refused(setting).length)).toEqual([1, 1, 1]);
  });

  it('rules that name settings of the group', () => {
    const setting = duration({ ...place, ...texts });
    // @ts-expect-error no setting is called other
    const rules: readonly Rule<'setting'>[] = [{ says: 'a', left: 'setting', relation: '<', right: 'other', fix: 'b' }];
    expect(problemsOf(() => defineDefaults('a', '', { setting }, rules))).toHaveLength(1);
  });

  it('and give the loaded values theirs', () => {
    const group = defineDefaults('a', 'A_', {
      level: oneOf(['low', 'high'], { env: 'A_LEVEL', default: 'low', ...texts }),
      size: count({ env: 'A_SIZE', default: 1, ...limits, ...texts }),
      replicas: count({ appliesTo: 'kubernetes', parameter: 'replicas', default: 1, ...limits, ...texts }),
    });
    const { settings } = loadSettings({ a: group }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-a' });
    expectTypeOf(settings.a).toEqualTypeOf<{ readonly level: 'low' | 'high'; readonly size: number }>();
    expect(settings.a).toEqual({ level: 'low', size: 1 });
  });
});

describe('groups that are loaded together', () => {
  const one = count({ env: 'A_B', default: 1, ...limits, ...texts });
  const load = (groups: Parameters<typeof loadSettings>[0]) => () => loadSettings(groups, { env: {}, owner: 'team-a' });

  it('declare each variable once', () => {
    const both = { one: defineDefaults('one', 'A_', { a: one }), two: defineDefaults('two', 'A_', { a: one }) };
    expect(load(both)).toThrow('A_B is declared by one.a and two.a');
  });

  it('have names of their own', () => {
    const group = (env: string) => defineDefaults('same', 'A_', { a: count({ env, default: 1, ...limits, ...texts }) });
    expect(load({ one: group('A_X'), two: group('A_Y') })).toThrow('two groups are called same: one and two');
  });

  it('declare the replacement of a deprecated setting', () => {
    const deprecated = { since: '2.0.0', replacement: 'A_C', reason: 'it had no unit' };
    const group = defineDefaults('one', 'A_', {
      a: count({ env: 'A_B', default: 1, ...limits, ...texts, deprecated }),
    });
    expect(load({ group })).toThrow('one.a: its replacement A_C is declared by no group');
  });

  it('declare what a rule of another names', () => {
    const rule = { says: 'a below b', left: 'a', relation: '<', right: 'two.b', fix: 'lower it' } as const;
    const first = defineDefaults('one', 'A_', { a: one }, [rule]);
    const other = count({ env: 'B', default: 1, ...limits, ...texts });
    expect(load({ first, second: defineDefaults('two', '', { other }) })).toThrow('names two.b, which is not declared');
    expect(loadSettings({ first }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-a' }).settings.first.a).toBe(1);
  });
});

describe('an overridden default', () => {
  const shipped = defineDefaults('queue', 'QUEUE_', {
    size: count({ env: 'QUEUE_SIZE', default: 5, in: { test: 1 }, ...limits, ...texts, source: 'https://example.com' }),
  });
  const own = { ...texts, owner: 'team-b', reason: 'more memory' };

  it('holds in every stage, with its own texts and without the source of the other value', () => {
    const group = overrideDefaults(shipped, { size: { default: '7', ...own } });
    const { settings } = loadSettings({ group }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-a' });
    expect(settings.group.size).toBe(7);
    expect(group.settings.size).toMatchObject({ env: 'QUEUE_SIZE', ...own });
    expect(group.settings.size.source).toBeUndefined();
    expect(shipped.settings.size.written).toEqual({ default: '5', in: { test: '1' } });
  });

  it('needs all four texts, a value of its kind, and a setting that exists', () => {
    const { rollback: _rollback, ...without } = own;
    // @ts-expect-error rollback is missing; the shipped one says how to go back to another value
    expect(problemsOf(() => overrideDefaults(shipped, { size: { default: '7', ...without } }))).toHaveLength(1);
    expect(problemsOf(() => overrideDefaults(shipped, { size: { default: '70', ...own } }))).toHaveLength(1);
    const unknown = { sise: { default: '7', ...own } } as object;
    expect(problemsOf(() => overrideDefaults(shipped, unknown))).toEqual([
      'queue.sise: it is not declared, so its default cannot be overridden',
    ]);
  });
});
