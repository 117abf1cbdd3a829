import { describe, expect, it } from 'vitest';
import { bearerToken } from './bearer-token.ts';

const token = 'a-token-of-16-or-more';

describe('the bearer token', () => {
  it.each([`Bearer ${token}`, `bearer ${token}`, `BEARER ${token}`, `Bearer   ${token}`])('accepts %j', (header) => {
    expect(bearerToken(token)(header)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    token,
    `Basic ${token}`,
    `Bearer${token}`,
    `Bearer ${token.slice(0, -1)}`,
    `Bearer ${token}x`,
    `Bearer ${token.toUpperCase()}`,
    'Bearer undefined',
  ])('refuses %j', (header) => {
    expect(bearerToken(token)(header)).toBe(false);
  });

  it('accepts nothing when no token is configured', () => {
    expect(['Bearer undefined', 'Bearer ', undefined].map(bearerToken(undefined))).toEqual([false, false, false]);
  });

  it('accepts a token beyond ASCII as Node hands over its bytes', () => {
    const header = Buffer.from('Bearer schlüssel-für-alles', 'utf8').toString('latin1');
    expect(bearerToken('schlüssel-für-alles')(header)).toBe(true);
  });
});
