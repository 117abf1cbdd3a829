import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Setting } from '../declare/setting.ts';
import {
  bytes,
  count,
  defineDefaults,
  duration,
  flag,
  loadSettings,
  oneOf,
  ratio,
  RedactedUrl,
  Secret,
  secret,
  SettingsError,
  text,
  url,
} from '../index.ts';

const texts = { env: 'IT', owner: 'team-a', reason: 'a reason', expect: 'a result', rollback: 'unset it' };
const settings = {
  duration: duration({ default: '30s', min: '0ms', max: '2h', ...texts }),
  bytes: bytes({ default: '1MiB', min: '0B', max: '2GiB', ...texts }),
  count: count({ default: 80, min: 0, max: 65_535, ...texts }),
  ratio: ratio({ default: 0.1, min: 0, max: 1, ...texts }),
  oneOf: oneOf(['debug', 'info', 'warn', 'error'], { default: 'info', ...texts }),
  flag: flag({ default: false, ...texts }),
  text: text({ default: 'a', ...texts }),
  list: text({ default: 'a', pattern: '[a-z]+(,[a-z]+)*', expected: 'names joined by commas', ...texts }),
  url: url({ protocols: ['sqlite:', 'postgres:'], ...texts }),
  secret: secret({ minLength: 16, ...texts }),
};

/** Texts near what each kind accepts, and any text at all. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[+-]?[0-9]{0,6}[.,_]?[0-9]{0,3} ?(ms|s|m|h|B|KiB|MiB|GiB|%|e3)?$/),
  fc.constantFrom(
    'true',
    'false',
    'info',
    'a,b',
    'sqlite:a.db',
    'postgres://u:p@h:1/d?x=y',
    'correct horse battery',
    'memory:',
  ),
);

/** What a loader makes of one variable. */
function outcome(setting: Setting<unknown>, raw: string): { value: unknown } | { problems: SettingsError['problems'] } {
  const group = defineDefaults('group', '', { it: setting as (typeof settings)['text'] });
  try {
    const env = { DEPLOY_ENVIRONMENT: 'production', IT: raw };
    return { value: loadSettings({ group }, { env, owner: 'team-a' }).settings.group.it };
  } catch (error) {
    if (error instanceof SettingsError) return { problems: error.problems };
    throw error;
  }
}

describe.each(Object.entries<Setting<unknown>>(settings))('any text for a %s', (_name, setting) => {
  it('loads to a value that prints back to an equivalent text, or is refused with the name of the variable', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const first = outcome(setting, raw);
        // A URL in a text that is none prints without its password; an address and a secret print less than they hold.
        fc.pre('problems' in first || setting.kind.name === 'url' || !raw.includes('://'));
        const hides = 'value' in first && (first.value instanceof RedactedUrl || first.value instanceof Secret);
        const printed = hides ? raw : 'problems' in first ? undefined : setting.kind.show(first.value);
        const named = 'problems' in first ? first.problems : [{ name: 'IT', setting: 'group.it' }];
        expect(named).toMatchObject([{ name: 'IT', setting: 'group.it' }]);
        expect(printed === undefined ? first : outcome(setting, printed)).toEqual(first);
        expect(hides ? (first.value as Secret).reveal() : raw).toBe(raw);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what is shown', () => {
  it('reads back as the same value', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7_200_000 }), (value) => {
        expect(settings.duration.kind.read(settings.duration.kind.show(value))).toEqual({ value });
        expect(settings.bytes.kind.read(settings.bytes.kind.show(value))).toEqual({ value });
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (millionths) => {
        const value = millionths / 1_000_000;
        expect(settings.ratio.kind.read(settings.ratio.kind.show(value))).toEqual({ value });
      }),
    );
  });

  it('uses the largest unit that divides', () => {
    expect([72_000, 300_000, 1_500, 0].map((value) => settings.duration.kind.show(value))).toEqual([
      '72s',
      '5m',
      '1500ms',
      '0s',
    ]);
  });
});

describe('a password in a URL', () => {
  it.each(Object.entries<Setting<unknown>>(settings))('is hidden where a %s was expected', (_name, setting) => {
    for (const raw of [
      'postgres://app:hunter2@db/orders',
      `https://u:hunter2${'x'.repeat(2_000)}@h`,
      'a b://c:hunter2@d e',
    ]) {
      const first = outcome(setting, raw);
      const printed = 'problems' in first ? JSON.stringify(first.problems) : setting.kind.show(first.value);
      expect(printed).not.toContain('hunter2');
    }
  });
});

describe('limits', () => {
  it.each([
    () => count({ default: 1, min: 9, max: 1, ...texts }),
    () => ratio({ default: 0.1, min: 0.5, max: 0.1, ...texts }),
    () => duration({ default: '2s', min: '1', max: '5s', ...texts }),
    () => bytes({ default: '2B', min: '1B', max: '5MB', ...texts }),
  ])('that hold nothing are refused when declared: %s', (declare) => {
    expect(declare).toThrow('expected min to be at most max, each in its written form');
  });
});

describe('a URL in an error', () => {
  const shown = (raw: string) => settings.url.kind.quote(raw);

  it.each([
    ['postgres://user:hunter2@host/db', '"postgres://***:***@host/db"'],
    [
      'postgres://user:hun/ter2@x@host/db?password=hunter2',
      'a text that is no URL (not shown, it may hold a password)',
    ],
    ['mysql://user:hunter2@host/db?password=hunter2', '"mysql://***:***@host/db?***"'],
    ['sqlite:var/orders.db', '"sqlite:var/orders.db"'],
  ])('hides user, password and query: %s', (raw, quoted) => {
    expect(shown(raw)).toBe(quoted);
  });

  it.each([
    'user:hunter2@host',
    'user:hunter2',
    'postgres://user:hunter2/db',
    'postgres://user:hunter2',
    'host=db user=app password=hunter2',
    'hunter2',
    'postgres://user:hun ter2@host/hunter2',
    'postgres://user:x#hunter2@host/db',
    'postgres:user:hunter2@host',
    'mysql://host/db;password=hunter2',
    'postgres://hunter2:1234?x@host/db',
    'postgres://user:12/hunter2@host/db',
    'postgres:///:hunter2@host/db',
    'sqlite:var/a@hunter2.db',
  ])('hides what is no URL: %s', (raw) => {
    expect(shown(raw)).toBe('a text that is no URL (not shown, it may hold a password)');
  });

  it('never shows what stands between // and the last @, or after ?', () => {
    const part = fc.stringMatching(/^[A-Za-z0-9:@%!*]{0,12}$/);
    fc.assert(
      fc.property(part, part, fc.constantFrom('postgres', 'mysql', 'sqlite'), (left, right, scheme) => {
        expect(shown(`${scheme}://${left}hunter2${right}@host/db`)).not.toContain('hunter2');
        expect(shown(`${scheme}://host/db?${left}hunter2${right}`)).not.toContain('hunter2');
      }),
    );
  });
});
