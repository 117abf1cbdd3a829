import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriesToken } from './carries-token.ts';

const token = 'a-token-of-16-or-more';
const basic = (pair: string): string => `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;

describe('an Authorization header', () => {
  it.each([`Bearer ${token}`, `bearer ${token}`, `BEARER ${token}`, `Bearer   ${token}`])('accepts %j', (header) => {
    expect(carriesToken(token)(header)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    token,
    `Basic ${token}`,
    `Digest ${token}`,
    basic(token),
    basic(`${token}:`),
    basic(`operator:${token}x`),
    basic(`operator:${token.slice(1)}`),
    'Basic ',
    'Basic !!!!',
    `Bearer${token}`,
    `Bearer ${token.slice(0, -1)}`,
    `Bearer ${token}x`,
    `Bearer ${token.toUpperCase()}`,
    'Bearer undefined',
  ])('refuses %j', (header) => {
    expect(carriesToken(token)(header)).toBe(false);
  });

  it.each(['', 'operator', 'naïve', 'x'.repeat(2000)])('accepts HTTP Basic with the user name %j', (user) => {
    expect(carriesToken(token)(basic(`${user}:${token}`))).toBe(true);
    expect(carriesToken(token)(basic(`${user}:${token}`).replace('Basic', 'basic'))).toBe(true);
  });

  it('lets the password of HTTP Basic hold a colon and letters beyond ASCII', () => {
    const password = 'schlüssel:für:alles:☂';
    expect(carriesToken(password)(basic(`operator:${password}`))).toBe(true);
  });

  it('is read without an error whatever it holds', () => {
    const reads = carriesToken(token);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !reads(text) && !reads(`Basic ${text}`)));
    expect(reads(`Bearer ${token}`)).toBe(true);
  });

  it('accepts nothing when no token is configured', () => {
    expect(['Bearer undefined', 'Bearer ', undefined].map(carriesToken(undefined))).toEqual([false, false, false]);
  });

  it('accepts a token beyond ASCII as Node hands over its bytes', () => {
    const header = Buffer.from('Bearer schlüssel-für-alles', 'utf8').toString('latin1');
    expect(carriesToken('schlüssel-für-alles')(header)).toBe(true);
  });
});
