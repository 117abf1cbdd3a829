import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { carriesToken } from '../../src/health-token.ts';
import { serviceName } from '../../src/service.ts';

import { startApp } from './running-app.ts';

const token = 'development-health-token';
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

describe('the token', () => {
  it.each([`Bearer ${token}`, `bearer  ${token}`, basic(`anybody:${token}`), basic(`:${token}`)])(
    'is in %s',
    (header) => {
      expect(carriesToken(header, token)).toBe(true);
    },
  );

  it.each([undefined, '', token, `Bearer ${token}x`, `Bearer`, basic(token), basic(`${token}:`), `Digest ${token}`])(
    'is not in %s',
    (header) => {
      expect(carriesToken(header, token)).toBe(false);
    },
  );
});

describe('an order that is asked for past the cache', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeEach(async () => {
    app = await startApp();
    await app.database
      .insertInto('orders')
      .values(['A-1001', 'A-1002'].map((order_number) => ({ order_number, sku: 'S', quantity: 1, created_at: '' })))
      .execute();
  });
  afterEach(() => app.stop());

  const read = async (number: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${app.address}/orders/${number}`, { headers });
    const { quantity } = (await answer.json()) as { quantity?: number };
    return [answer.status, answer.headers.get('cache-status')?.replace(`${serviceName}; `, ''), quantity];
  };
  const noCache = { 'cache-control': 'max-age=0, No-Cache' };
  const allowed = { ...noCache, authorization: `Bearer ${token}` };
  const change = (quantity: number) => app.database.updateTable('orders').set({ quantity }).execute();

  it('replaces its entry and no other', async () => {
    await read('A-1001');
    await read('A-1002');
    await change(2);
    expect(await read('A-1001', allowed)).toEqual([200, 'fwd=request', 2]);
    expect(await read('A-1001')).toEqual([200, 'hit', 2]);
    expect(await read('A-1002')).toEqual([200, 'hit', 1]);
  });

  it('is a hit without the token, or with the token alone', async () => {
    await read('A-1001');
    expect(await read('A-1001', noCache)).toEqual([200, 'hit', 1]);
    expect(await read('A-1001', { authorization: `Bearer ${token}` })).toEqual([200, 'hit', 1]);
    expect(await read('A-1001', { ...noCache, authorization: 'Bearer wrong' })).toEqual([200, 'hit', 1]);
  });

  it('counts as a miss', async () => {
    await read('A-1001', allowed);
    await expect
      .poll(() => app.lines)
      .toContainEqual(expect.objectContaining({ message: 'request', cache: 'miss', dbCalls: 1 }));
  });

  it('that is gone has no entry any longer', async () => {
    await read('A-1001');
    await app.database.deleteFrom('orders').execute();
    expect((await read('A-1001', allowed))[0]).toBe(404);
    expect(await read('A-1001')).toEqual([404, 'fwd=miss', undefined]);
  });
});
