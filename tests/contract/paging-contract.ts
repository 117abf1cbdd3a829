import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';

import { ask } from './http-client.ts';
import { problems } from './problems.ts';
import { startService, type RunningService } from './running-service.ts';

const json = { 'content-type': 'application/json' };
const pageSchema = z.strictObject({
  orders: z.array(z.looseObject({ orderNumber: z.string() })),
  next: z.string().nullable(),
});
const encoded = (text: string) => Buffer.from(text).toString('base64url');

/** Lists go on page by page, each order once. */
export function pagingContract(directory: string, elsewhere?: () => Promise<NodeJS.ProcessEnv>): void {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService(directory, await elsewhere?.());
  });
  afterAll(() => service.stop());

  const store = async (...orderNumbers: string[]) => {
    for (const orderNumber of orderNumbers) {
      const body = JSON.stringify({ orderNumber, sku: 'S', quantity: 1 });
      // oxlint-disable-next-line no-await-in-loop -- in their order
      expect((await ask(`${service.address}/orders`, { method: 'POST', headers: json, body })).status).toBe(201);
    }
  };
  const read = async (path: string) => {
    const answer = await ask(`${service.address}${path}`);
    expect(answer.headers).toMatchObject({ 'server-timing': 'db;desc=1' });
    const { orders, next } = pageSchema.parse(answer.json);
    return { numbers: orders.map(({ orderNumber }) => orderNumber), next, link: answer.headers['link'] };
  };

  it('is one page, and names no other, where nothing follows', async () => {
    expect(await read('/orders')).toEqual({ numbers: [], next: null, link: undefined });
    await store('A-1001', 'A-1002');
    expect(await read('/orders?limit=2')).toEqual({ numbers: ['A-1002', 'A-1001'], next: null, link: undefined });
  });

  it('goes on where it was, while new orders arrive, and comes to an end', async () => {
    const stored = ['C-1001', 'C-1002', 'C-1003', 'C-1004', 'C-1005'];
    await store(...stored);
    let page = await read('/orders?limit=2');
    const seen = [...page.numbers];
    await store('C-1006');
    while (page.link !== undefined) {
      const [, path = ''] = /^<(.*)>; rel="next"$/.exec(page.link) ?? [];
      expect(path).toBe(`/orders?limit=2&after=${page.next}`);
      // oxlint-disable-next-line no-await-in-loop -- one page names the next
      page = await read(path);
      seen.push(...page.numbers);
    }
    expect(page.next).toBeNull();
    expect(seen.slice(0, stored.length)).toEqual(stored.toReversed());
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).not.toContain('C-1006');
  });

  it('names the limit in effect in its link', async () => {
    await store(...Array.from({ length: 20 }, (_, index) => `B-${1001 + index}`));
    expect((await read('/orders')).link).toMatch(/^<\/orders\?limit=20&after=[\w-]+>; rel="next"$/);
  });

  it.each(['', '42', 'NDI=', encoded('0'), encoded('042'), encoded('-1'), encoded('x'), encoded('9007199254740992')])(
    'refuses after=%s',
    async (after) => {
      const answer = await ask(`${service.address}/orders?after=${after}`);
      const errors = [{ pointer: '/after', detail: 'expected the `next` of an earlier answer' }];
      expect(answer).toMatchObject({ status: 422, json: { ...problems.invalidQuery, errors } });
    },
  );

  it('names everything that is wrong with a query, and takes no parameter twice', async () => {
    for (const query of ['limit=0&after=x', 'limit=1&limit=2&after=NDI&after=NDI']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { json: problem } = await ask(`${service.address}/orders?${query}`);
      expect(problem).toMatchObject({ code: 'invalid_query', errors: [{ pointer: '/limit' }, { pointer: '/after' }] });
    }
  });
}
