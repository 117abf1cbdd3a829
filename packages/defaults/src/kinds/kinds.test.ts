import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Setting } from '../declare/setting.ts';
import { bytes, count, duration, oneOf, secret, text, url } from '../index.ts';

const texts = { owner: 'team-a', reason: 'a reason', expect: 'a result', rollback: 'unset it' };
const timeout = duration({ env: 'A', default: '30s', min: '1s', max: '5m', ...texts });
const size = bytes({ env: 'A', default: '1MiB', min: '1KiB', max: '50MiB', ...texts });
const port = count({ env: 'A', default: 80, min: 0, max: 65_535, ...texts });
const level = oneOf(['debug', 'info', 'warn', 'error'], { env: 'A', default: 'info', ...texts });
const host = text({ env: 'A', default: 'a', ...texts });
const database = url({ env: 'A', protocols: ['sqlite:'], ...texts });
const token = secret({ env: 'A', minLength: 16, ...texts });

const refusal = (setting: Setting<unknown>, raw: string) => {
  const reading = setting.kind.read(raw);
  return 'refused' in reading ? reading.refused.code : `accepted ${JSON.stringify(reading.value)}`;
};

describe('what the field reads silently wrong is refused', () => {
  it.each([
    '5',
    '5S',
    '5 s',
    ' 5s',
    '5s ',
    '+5s',
    '-5s',
    '1.5s',
    '1e3',
    '0x10s',
    '５s',
    '5s\n',
    '5s\0',
    'Infinity',
    '',
    '5d',
    '5_000ms',
    '5,000ms',
  ])('as a duration: %j', (raw) => expect(refusal(timeout, raw)).toBe('CFG_INVALID'));
  it.each(['1', '1KB', '1kib', '1mib', '1M', '1 MiB', '1.5MiB'])('as a size: %j', (raw) => {
    expect(refusal(size, raw)).toBe('CFG_INVALID');
  });
  it.each(['8080/tcp', '0x50', '1e3', '+80', '80.0', '８０', ' 80', '80\n', '9'.repeat(16)])(
    'as a count: %j',
    (raw) => {
      expect(refusal(port, raw)).toBe('CFG_INVALID');
    },
  );
  it.each(['INFO', 'warning', 'info ', ''])('as a word: %j', (raw) => expect(refusal(level, raw)).toBe('CFG_INVALID'));
  it.each(['', 'a b', 'a\n', 'é', 'x'.repeat(201), 'a\0'])('as a text: %j', (raw) => {
    expect(refusal(host, raw)).toBe('CFG_INVALID');
  });
  it.each(['postgres://u:p@h/d', 'sqlite:', 'sqlite', 'SQLITE:x', 'sqlite:a b', 'sqlite://'])('as a URL: %j', (raw) => {
    expect(refusal(database, raw)).toBe('CFG_INVALID');
  });
  it('in a million characters, quickly', () => {
    const long = '9'.repeat(1_000_000);
    for (const setting of [timeout, size, port, level, host, database])
      expect(refusal(setting, long)).toBe('CFG_INVALID');
  });
});

describe('limits', () => {
  it.each([
    [timeout, '999ms'],
    [timeout, '6m'],
    [size, '1023B'],
    [size, '1GiB'],
    [port, '65536'],
    [token, 'x'.repeat(15)],
  ])('refuse what lies outside them', (setting, raw) => {
    expect(refusal(setting, raw)).toBe('CFG_RANGE');
  });
});

describe('what is shown', () => {
  it('reads back as the same value', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 300_000 }), (milliseconds) => {
        expect(timeout.kind.read(timeout.kind.show(milliseconds))).toEqual({ value: milliseconds });
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1_024, max: 52_428_800 }), (amount) => {
        expect(size.kind.read(size.kind.show(amount))).toEqual({ value: amount });
      }),
    );
  });

  it('uses the largest unit that divides', () => {
    expect([72_000, 300_000, 1_500].map((value) => timeout.kind.show(value))).toEqual(['72s', '5m', '1500ms']);
  });

  it.each([
    ['postgres://user:pa55@host/db', '"postgres://***:***@host/db"'],
    ['postgres://user:pa/55@x@host/db?password=pa55', '"postgres://***:***@host/db?***"'],
    ['user:pa55@host', '"***:***@host"'],
    ['sqlite:var/a@b.db', '"sqlite:var/a@b.db"'],
  ])('hides user, password and query of the URL %s', (raw, quoted) => {
    expect(database.kind.quote(raw)).toBe(quoted);
  });
});

it('refuses any text that is no duration', () => {
  fc.assert(
    fc.property(
      fc.string().filter((text) => !/^[0-9]+(ms|s|m|h)$/.test(text)),
      (raw) => {
        expect('value' in timeout.kind.read(raw)).toBe(false);
      },
    ),
  );
});
