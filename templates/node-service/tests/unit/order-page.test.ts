import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { linkToNext, parsePageQuery, toCursor } from '../../src/order-page.ts';
import { Problem } from '../../src/problem.ts';

import { startApp } from './running-app.ts';

const encoded = (text: string) => Buffer.from(text).toString('base64url');

function pointersOf(query: object): unknown {
  try {
    return parsePageQuery(query);
  } catch (error) {
    return error instanceof Problem ? error.errors?.map(({ pointer }) => pointer) : error;
  }
}

describe('the query of a page', () => {
  it('has a limit of its own, and may go on after an earlier answer', () => {
    expect(parsePageQuery({})).toEqual({ limit: 20, after: undefined });
    expect(parsePageQuery({ limit: '100', after: 'NDI' })).toEqual({ limit: 100, after: 42 });
    expect(toCursor('9007199254740991')).toBe(encoded('9007199254740991'));
    expect(parsePageQuery({ after: toCursor(9_007_199_254_740_991) }).after).toBe(9_007_199_254_740_991);
  });

  it.each([
    '',
    '42',
    'NDI=',
    'NDI ',
    encoded('0'),
    encoded('042'),
    encoded('-1'),
    encoded('1.5'),
    encoded('42\n'),
    encoded('9007199254740992'),
    encoded('99999999999999999999'),
    ['NDI', 'NDI'],
  ])('is refused after %j', (after) => {
    expect(pointersOf({ after })).toEqual(['/after']);
  });

  it('names everything that is wrong with it', () => {
    expect(pointersOf({ limit: '0', after: 'x' })).toEqual(['/limit', '/after']);
  });
});

it('the last page links to none', () => {
  const query = { limit: 2, after: undefined };
  expect(linkToNext({ orders: [], next: 'NDI' }, query)).toBe('</orders?limit=2&after=NDI>; rel="next"');
  expect(linkToNext({ orders: [], next: null }, query)).toBeUndefined();
});

describe('a list in pages', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeEach(async () => {
    app = await startApp();
  });
  afterEach(() => app.stop());

  const store = async (...orderNumbers: string[]) => {
    const rows = orderNumbers.map((order_number) => ({ order_number, sku: 'S', quantity: 1, created_at: '' }));
    await app.database.insertInto('orders').values(rows).execute();
  };
  const read = async (path: string) => {
    const answer = await fetch(app.address + path);
    const page = (await answer.json()) as { orders: { orderNumber: string }[]; next: string | null };
    const numbers = page.orders.map(({ orderNumber }) => orderNumber);
    return { numbers, next: page.next, link: answer.headers.get('link'), calls: answer.headers.get('server-timing') };
  };

  it('shows each order once, while new ones arrive', async () => {
    await store('A-1', 'A-2', 'A-3', 'A-4');
    const first = await read('/orders?limit=2');
    expect(first).toMatchObject({ numbers: ['A-4', 'A-3'], calls: 'db;desc=1' });
    await store('A-5', 'A-6');
    const [, path = ''] = /^<(.*)>; rel="next"$/.exec(first.link ?? '') ?? [];
    expect(path).toBe(`/orders?limit=2&after=${first.next}`);
    expect(await read(path)).toEqual({ numbers: ['A-2', 'A-1'], next: null, link: null, calls: 'db;desc=1' });
  });

  it('is one page where nothing follows', async () => {
    expect(await read('/orders')).toMatchObject({ numbers: [], next: null });
    await store('A-1', 'A-2');
    expect(await read('/orders?limit=2')).toMatchObject({ numbers: ['A-2', 'A-1'], next: null });
  });
});
