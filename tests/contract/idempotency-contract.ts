import { afterAll, beforeAll, expect, it } from 'vitest';

import { countsOf } from './health-document.ts';
import { ask } from './http-client.ts';
import { problems } from './problems.ts';
import { healthToken, readFacts, startService, type RunningService } from './running-service.ts';

const json = { 'content-type': 'application/json' };

/** The same request with the same Idempotency-Key gets the same answer. */
export function idempotencyContract(directory: string, elsewhere?: () => Promise<NodeJS.ProcessEnv>): void {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService(directory, await elsewhere?.());
    // The first key of a process, and each hundredth, costs a call more: it deletes keys that are too old.
    await post(order('A-0001'), 'k-0001');
  });
  afterAll(() => service.stop());

  const post = async (body: object | string, key: string) => {
    const question = {
      method: 'POST',
      headers: { ...json, 'idempotency-key': key },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    };
    const { status, text, headers, json: read } = await ask(`${service.address}/orders`, question);
    const { location, 'content-type': type, 'idempotency-replayed': replayed, 'server-timing': calls } = headers;
    return { status, text, location, type, replayed, calls, json: read };
  };
  const order = (orderNumber: string, quantity = 2) => ({ orderNumber, sku: 'S', quantity });

  it('answers a request again as it did the first time', async () => {
    const first = await post(order('A-1001'), 'k-1001');
    expect(first).toMatchObject({
      status: 201,
      location: '/orders/A-1001',
      replayed: undefined,
      calls: 'db;desc=5',
      json: order('A-1001'),
    });
    const again = await post('{ "quantity": 2.0, "sku": "S", "orderNumber": "A-1001" }', '"k-1001"');
    expect(again).toEqual({ ...first, replayed: 'true', calls: 'db;desc=1' });
  });

  it('stays within the objective of database calls, however many requests have a key', async () => {
    const { databaseCallsPerRequest } = readFacts(directory).objectives;
    await post(order('A-8001'), 'k-8001');
    expect((await post(order('A-8001'), 'k-8002')).calls).toBe(`db;desc=${databaseCallsPerRequest}`);
    for (let number = 0; number < 60; number += 1)
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await post(order(`A-9${number + 100}`), `k-9${number}`);
    const headers = { authorization: `Bearer ${healthToken}` };
    const { json: document } = await ask(`${service.address}/healthz`, { headers });
    const { checks } = document as { checks: Record<string, unknown> };
    expect(checks['db:callsPerRequest']).toMatchObject([{ status: 'pass' }]);
    expect(countsOf(document).requests).toBeGreaterThan(60);
  });

  it('refuses the key of another request', async () => {
    await post(order('A-2001'), 'k-2001');
    const refused = await post(order('A-2001', 3), 'k-2001');
    expect(refused).toMatchObject({ status: 422, json: problems.idempotencyKeyReused, calls: 'db;desc=1' });
  });

  it('keeps what was there already, and a conflict, with their own words', async () => {
    await post(order('A-3001'), 'k-3001');
    const there = await post(order('A-3001'), 'k-3002');
    expect(there).toMatchObject({ status: 200, location: undefined, replayed: undefined, calls: 'db;desc=6' });
    expect(await post(order('A-3001'), 'k-3002')).toEqual({ ...there, replayed: 'true', calls: 'db;desc=1' });
    const conflict = await post(order('A-3001', 3), 'k-3003');
    expect(conflict).toMatchObject({ status: 409, json: problems.orderConflict, calls: 'db;desc=6' });
    expect(await post(order('A-3001', 3), 'k-3003')).toEqual({ ...conflict, replayed: 'true', calls: 'db;desc=1' });
    expect(conflict.type).toMatch(/^application\/problem\+json/);
  });

  it('keeps nothing of a request that was wrong', async () => {
    expect((await post(order('A-4001', 0), 'k-4001')).status).toBe(422);
    expect(await post(order('A-4001'), 'k-4001')).toMatchObject({ status: 201, replayed: undefined });
  });

  it('stores one order and gives one answer, however many ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(order('A-5001'), 'k-5001')));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers.filter(({ replayed }) => replayed === undefined)).toHaveLength(1);
  });

  it.each([
    ['nothing', ''],
    ['quotes around nothing', '""'],
    ['a space', 'a b'],
    ['a space in quotes', '"a b"'],
    ['an open quote', '"a'],
    ['something behind it', '"a";b=1'],
    ['too much', 'x'.repeat(256)],
  ])('refuses %s as a key', async (_what, key) => {
    expect(await post(order('A-6001'), key)).toMatchObject({ status: 400, json: problems.invalidIdempotencyKey });
  });

  it.each([
    ['a quote and a backslash', String.raw`"a\"b\\c"`],
    ['255 characters', 'x'.repeat(255)],
  ])('takes %s in a key', async (_what, key) => {
    expect((await post(order('A-7001'), key)).status).toBeLessThan(202);
  });

  it('looks at the key before the fields, and at the body before the key', async () => {
    expect((await post({}, 'a b')).json).toMatchObject(problems.invalidIdempotencyKey);
    expect((await post('{', 'a b')).json).toMatchObject(problems.malformedJson);
  });
}
