import { describe, expect, it } from 'vitest';

import {
  DatabaseUnavailable,
  isDatabaseError,
  isDatabaseUnavailable,
  isPostgresError,
} from '../../src/driver-errors.ts';

/** As the driver of PostgreSQL makes it from what the server says. */
const said = (code: string) => Object.assign(new Error('said by the server'), { code, severity: 'ERROR' });
const ofSqlite = (errcode: number) => Object.assign(new Error('said by SQLite'), { errcode });

describe('an error of the database says nothing about the request', () => {
  it.each(['08006', '40P01', '53300', '57014', '57P01', '25006', '55P03'])('with SQLSTATE %s', (code) => {
    expect(isDatabaseUnavailable(said(code))).toBe(true);
  });

  it.each([5, 8, 13, 261])('with result code %i', (code) => {
    expect(isDatabaseUnavailable(ofSqlite(code))).toBe(true);
  });

  it('when nobody answered', () => {
    const cause = new Error('Query read timeout');
    const error = new DatabaseUnavailable(cause);
    expect(isDatabaseUnavailable(error)).toBe(true);
    expect(error).toMatchObject({ message: 'Query read timeout', cause });
  });
});

describe('a fault of the program', () => {
  it.each([said('42P01'), said('22P02'), said('23505'), ofSqlite(1), new Error('x'), 'x', undefined])(
    'such as %s is none',
    (error) => {
      expect(isDatabaseUnavailable(error)).toBe(false);
    },
  );

  it('may come from the database all the same', () => {
    expect([said('42P01'), ofSqlite(1), new DatabaseUnavailable('x'), new Error('x')].map(isDatabaseError)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('of the system is not what PostgreSQL says', () => {
    expect(isPostgresError(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))).toBe(false);
  });
});
