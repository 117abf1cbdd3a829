import { afterAll, beforeAll, expect, it } from 'vitest';

import { countsOf, fullDocument, publicDocument } from './health-document.ts';
import { schemaProblems } from './health-schema.ts';
import { ask } from './http-client.ts';
import { healthToken, readFacts, startService, type RunningService } from './running-service.ts';

const json = { 'content-type': 'application/json' };
const withToken = { authorization: `Bearer ${healthToken}` };

export function healthContract(directory: string): void {
  const { name } = readFacts(directory);
  let service: RunningService;
  beforeAll(async () => {
    service = await startService(directory);
  });
  afterAll(() => service.stop());
  const get = (path: string, headers: Record<string, string> = {}) => ask(`${service.address}${path}`, { headers });

  it.each(['/livez', '/readyz', '/livez?verbose=1'])('answers %s', async (path) => {
    const answer = await get(path);
    expect(answer).toMatchObject({ status: 200, json: { status: 'pass' } });
    expect(answer.headers).toMatchObject({ 'content-type': 'application/health+json', 'cache-control': 'no-store' });
    expect((await ask(`${service.address}${path}`, { method: 'HEAD' })).status).toBe(200);
  });

  it.each(['/livez', '/readyz', '/healthz'])('answers 405 to POST %s', async (path) => {
    const answer = await ask(`${service.address}${path}`, { method: 'POST', headers: withToken });
    expect(answer.status).toBe(405);
    expect(answer.headers).toMatchObject({ allow: 'GET, HEAD', 'cache-control': 'no-store' });
  });

  it('shows strangers the answers and no dependency', async () => {
    const wrong = ['', 'Bearer wrong-health-token', `Basic ${healthToken}`, `Bearer ${healthToken}x`];
    for (const authorization of wrong) {
      const answer = await get('/healthz', authorization === '' ? {} : { authorization });
      expect(answer.status).toBe(200);
      expect(schemaProblems(answer.json)).toEqual([]);
      expect(publicDocument.parse(answer.json)).toMatchObject({
        serviceId: name,
        releaseId: 'v1.2.3',
        answers: { up: 'yes' },
      });
    }
  });

  it('shows the full document with the token', async () => {
    const read = async () => (await get('/healthz', withToken)).json;
    await expect
      .poll(async () => fullDocument.parse(await read()).checks['database:responseTime'][0].status)
      .toBe('pass');
    expect(schemaProblems(await read())).toEqual([]);
  });

  it('shows the number behind each answer, to strangers too', async () => {
    await get('/orders');
    const { numbers } = publicDocument.parse((await get('/healthz')).json);
    const { checks } = fullDocument.parse((await get('/healthz', withToken)).json);
    const { hit, miss, none, p95 } = checks['http:responseTime'][0].observedValue;
    expect(numbers.up).toMatchObject({ checks: 1, checksPassing: 1 });
    expect(numbers.slow).toMatchObject({ p95Ms: p95, requests: hit.n + miss.n + none.n });
    expect(numbers.slow.requests).toBeGreaterThan(0);
  });

  it('counts exactly what was sent, and no probe', async () => {
    const before = countsOf((await get('/healthz', withToken)).json);
    const post = (body: string) => ask(`${service.address}/orders`, { method: 'POST', headers: json, body });
    const order = JSON.stringify({ orderNumber: 'A-1001', sku: 'S', quantity: 1 });
    await Promise.all([post(order), get('/livez'), get('/readyz')]);
    await post(order);
    await post('{');
    await get('/orders/A-1001');
    await get('/orders/A-1001');
    await get('/orders/A-1002');
    await get('/nowhere');
    const after = countsOf((await get('/healthz', withToken)).json);
    const sent = { requests: 7, errors: 0, hits: 1, misses: 2, databaseCalls: 1 + 2 + 0 + 1 + 0 + 1 + 0 };
    const seen = Object.fromEntries(
      Object.entries(after).map(([key, value]) => [key, value - before[key as keyof typeof before]]),
    );
    expect(seen).toEqual(sent);
  });

  it('writes no line for a probe', async () => {
    await get('/livez', { 'x-request-id': 'probe-1' });
    await get('/orders', { 'x-request-id': 'after-probe' });
    await expect.poll(() => service.lines.some((line) => line['requestId'] === 'after-probe')).toBe(true);
    expect(service.lines.filter((line) => line['requestId'] === 'probe-1' || line['route'] === '/livez')).toEqual([]);
  });
}
