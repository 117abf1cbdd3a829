import { DatabaseSync } from 'node:sqlite';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { ask } from './http-client.ts';
import { problems } from './problems.ts';
import { readFacts, startService, type RunningService } from './running-service.ts';

const order = { orderNumber: 'A-1001', sku: 'SKU-1', quantity: 2 };
const json = { 'content-type': 'application/json' };

/** @param elsewhere - the settings of a database that is not the file which each service has otherwise */
export function ordersContract(directory: string, elsewhere?: () => Promise<NodeJS.ProcessEnv>): void {
  const { name } = readFacts(directory);
  let service: RunningService;
  beforeAll(async () => {
    service = await startService(directory, await elsewhere?.());
  });
  afterAll(() => service.stop());

  const post = (body: object, headers: Record<string, string> = json) =>
    ask(`${service.address}/orders`, { method: 'POST', headers, body: JSON.stringify(body) });
  const get = (path: string) => ask(`${service.address}${path}`);

  it('stores an order once for each order number', async () => {
    const created = await post(order);
    expect(created).toMatchObject({ status: 201, json: order });
    expect(created.headers).toMatchObject({ location: '/orders/A-1001', 'server-timing': 'db;desc=1' });
    expect(created.headers['content-type']).toMatch(/^application\/json/);
    expect((created.json as { createdAt: string }).createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

    const repeated = await post(order);
    expect(repeated).toMatchObject({ status: 200, json: created.json });
    expect(repeated.headers['server-timing']).toBe('db;desc=2');

    const conflicting = await post({ ...order, quantity: 3 });
    expect(conflicting).toMatchObject({ status: 409, json: problems.orderConflict });
    expect(conflicting.headers['server-timing']).toBe('db;desc=2');
    expect((await get('/orders/A-1001')).json).toEqual(created.json);
  });

  it('takes a quantity written as 2.0 for 2', async () => {
    const body = '{"orderNumber":"A-2001","sku":"S","quantity":2.0}';
    const answer = await ask(`${service.address}/orders`, { method: 'POST', headers: json, body });
    expect(answer).toMatchObject({ status: 201, json: { quantity: 2 } });
  });

  it('takes a body with a byte order mark', async () => {
    const body = '\uFEFF{"orderNumber":"A-2002","sku":"S","quantity":1}';
    expect((await ask(`${service.address}/orders`, { method: 'POST', headers: json, body })).status).toBe(201);
  });

  it('reads an order from the database once and then from the cache', async () => {
    await post({ ...order, orderNumber: 'A-3001' });
    const answers = [await get('/orders/A-3001'), await get('/orders/A-3001')];
    expect(answers.map(({ status, headers }) => [status, headers['cache-status'], headers['server-timing']])).toEqual([
      [200, `${name}; fwd=miss`, 'db;desc=1'],
      [200, `${name}; hit`, 'db;desc=0'],
    ]);
    expect(answers[1]?.json).toEqual(answers[0]?.json);
  });

  it('lists the newest orders first, as many as asked for', async () => {
    for (const orderNumber of ['A-4001', 'A-4002', 'A-4003']) await post({ ...order, orderNumber });
    const answer = await get('/orders?limit=2');
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ orders: [{ orderNumber: 'A-4003' }, { orderNumber: 'A-4002' }] });
    expect(answer.headers).toMatchObject({ 'server-timing': 'db;desc=1' });
    expect(answer.headers['cache-status']).toBeUndefined();
    const { orders } = (await get('/orders')).json as { orders: unknown[] };
    expect(orders.length).toBeGreaterThanOrEqual(4);
  });

  it('names the release and the request in every answer', async () => {
    const answers = await Promise.all([get('/orders'), get('/nowhere'), post({})]);
    for (const { headers } of answers) {
      expect(headers['x-release']).toBe('v1.2.3');
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it.each([
    ['abc-1.2_3', true],
    ['x'.repeat(64), true],
    ['x'.repeat(65), false],
    ['a b', false],
    ['a;b', false],
  ])('takes the request id %s of a client: %s', async (requestId, taken) => {
    const { headers } = await ask(`${service.address}/orders`, { headers: { 'x-request-id': requestId } });
    expect(headers['x-request-id'] === requestId).toBe(taken);
  });

  it('writes one line for each request', async () => {
    await post({ ...order, orderNumber: 'A-5001' });
    await ask(`${service.address}/orders/A-5001`, { headers: { 'x-request-id': 'read-1' } });
    await ask(`${service.address}/nowhere`, { headers: { 'x-request-id': 'read-2' } });
    const common = { level: 'info', message: 'request', release: 'v1.2.3', method: 'GET' };
    const lineOf = (requestId: string) => service.lines.filter((line) => line['requestId'] === requestId);
    await expect
      .poll(() => lineOf('read-2'))
      .toMatchObject([{ ...common, route: null, status: 404, cache: 'none', dbCalls: 0 }]);
    expect(lineOf('read-1')).toMatchObject([
      { ...common, route: '/orders/{orderNumber}', status: 200, cache: 'miss', dbCalls: 1 },
    ]);
    const [line = {}] = lineOf('read-1');
    expect(line['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(line['durationMs']).toEqual(expect.any(Number));
  });

  it.runIf(elsewhere === undefined)(
    'answers 503 while the database is locked, and stores the order when it is repeated',
    async () => {
      const other = new DatabaseSync(service.databaseFile);
      other.exec('BEGIN IMMEDIATE');
      const refused = await post({ ...order, orderNumber: 'A-6001' });
      other.exec('ROLLBACK');
      other.close();
      expect(refused).toMatchObject({
        status: 503,
        json: problems.databaseUnavailable,
        headers: { 'retry-after': '5' },
      });
      expect((await post({ ...order, orderNumber: 'A-6001' })).status).toBe(201);
    },
  );
}
