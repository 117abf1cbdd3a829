import { expect, it } from 'vitest';

import { ask } from './http-client.ts';
import { healthToken, startService, type RunningService } from './running-service.ts';

const json = { 'content-type': 'application/json' };
const fresh = { 'cache-control': 'no-cache', authorization: `Bearer ${healthToken}` };
const order = { orderNumber: 'A-1001', sku: 'NEVER-IN-A-LOG', quantity: 9_973 };
const durationMs = expect.any(Number) as number;

async function use({ address, lines }: RunningService) {
  const question = { method: 'POST', headers: { ...json, 'x-request-id': 'stored' }, body: JSON.stringify(order) };
  await ask(`${address}/orders`, question);
  const keyed = { ...json, 'x-request-id': 'keyed', 'idempotency-key': 'never-a-key-in-a-log' };
  await ask(`${address}/orders`, { ...question, headers: keyed });
  const read = (requestId: string, headers = {}) =>
    ask(`${address}/orders/A-1001`, { headers: { 'x-request-id': requestId, ...headers } });
  await read('missed');
  await read('hit');
  await read('fresh', fresh);
  await expect.poll(() => lines.filter(({ message }) => message === 'request')).toHaveLength(5);
}

/** What each request did can be read for as long as somebody asks for it. */
export function debugContract(directory: string): void {
  it('tells at LOG_LEVEL=debug which statements a request ran, and what its cache had', async () => {
    const service = await startService(directory, { LOG_LEVEL: 'debug' });
    await use(service);
    const told = (requestId: string) =>
      service.lines
        .filter((line) => line['level'] === 'debug' && line['requestId'] === requestId)
        .map(({ time: _time, level: _level, requestId: _requestId, ...line }) => line);
    const call = (statement: string) => ({ message: 'database call', statement, durationMs, failed: false });
    const cache = (outcome: string) => ({ message: 'cache read', outcome, durationMs });
    expect(told('stored')).toEqual([call('insert orders')]);
    expect(told('missed')).toEqual([cache('miss'), call('select orders')]);
    expect(told('hit')).toEqual([cache('hit')]);
    expect(told('fresh')).toEqual([cache('bypassed'), call('select orders')]);
    const [first, second, ...keyed] = told('keyed');
    expect([first, second]).toEqual([call('select idempotency_keys'), call('begin')]);
    expect(keyed.at(-1)).toEqual(call('commit'));
    const { dbCalls } =
      service.lines.find((line) => line['requestId'] === 'keyed' && line['dbCalls'] !== undefined) ?? {};
    expect(told('keyed')).toHaveLength(Number(dbCalls));
    const log = JSON.stringify(service.lines);
    for (const value of [order.sku, String(order.quantity), order.orderNumber, 'never-a-key', healthToken])
      expect(log).not.toContain(value);
    expect(await service.stop()).toBe(0);
  });

  it('tells nothing of it at LOG_LEVEL=info', async () => {
    const service = await startService(directory, { LOG_LEVEL: 'info' });
    await use(service);
    expect(service.lines.filter((line) => line['level'] === 'debug')).toEqual([]);
    expect(await service.stop()).toBe(0);
  });
}
