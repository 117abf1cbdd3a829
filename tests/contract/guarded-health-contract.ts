import { afterAll, beforeAll, expect, it } from 'vitest';

import { ask } from './http-client.ts';
import { healthToken, startService, type RunningService } from './running-service.ts';

const basic = (password: string) => `Basic ${Buffer.from(`anybody:${password}`).toString('base64')}`;
const bearer = { authorization: `Bearer ${healthToken}` };
const json = { 'content-type': 'application/json' };

/** How many requests the metrics have counted, by method, route and status. */
function countsIn(metrics: string): Record<string, number> {
  const lines = metrics.matchAll(/^http_server_request_duration_seconds_count\{(.*)\} (\d+)$/gm);
  const counts = [...lines].map(([, labels = '', count]) => {
    const of = (label: string) => new RegExp(`\\b${label}="([^"]*)"`).exec(labels)?.[1];
    return [`${of('http_request_method')} ${of('http_route')} ${of('http_response_status_code')}`, Number(count)];
  });
  return Object.fromEntries(counts) as Record<string, number>;
}

/** `/metrics` and `/status`, which only the token opens. */
export function guardedHealthContract(directory: string): void {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService(directory);
  });
  afterAll(() => service.stop());
  const get = (path: string, headers: Record<string, string> = {}) => ask(`${service.address}${path}`, { headers });

  it.each(['/metrics', '/status'])('keeps %s from strangers, and tells them how to ask', async (path) => {
    for (const authorization of ['', 'Bearer wrong-health-token', basic('wrong'), `Basic ${healthToken}`]) {
      const answer = await get(path, authorization === '' ? {} : { authorization });
      expect(answer.status).toBe(401);
      expect(answer.headers).toMatchObject({
        'cache-control': 'no-store',
        'www-authenticate': 'Basic realm="health", charset="UTF-8", Bearer realm="health"',
      });
      expect(answer.text).not.toMatch(/database|orders/);
    }
  });

  it.each(['/metrics', '/status', '/metrics?scrape=1', '/status?a=b&c'])('opens %s to the token', async (path) => {
    for (const authorization of [bearer.authorization, basic(healthToken)]) {
      const answer = await get(path, { authorization });
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('database');
      expect(answer.headers['cache-control']).toBe('no-store');
      const head = await ask(`${service.address}${path}`, { method: 'HEAD', headers: { authorization } });
      expect(head).toMatchObject({ status: 200, text: '' });
      expect(head.headers['content-type']).toBe(answer.headers['content-type']);
    }
  });

  it.each(['/metrics', '/status'])('answers 405 to POST %s', async (path) => {
    const answer = await ask(`${service.address}${path}`, { method: 'POST', headers: bearer });
    expect(answer.status).toBe(405);
    expect(answer.headers['allow']).toBe('GET, HEAD');
  });

  it('counts exactly what was sent, by the template of its route', async () => {
    const order = { method: 'POST', headers: json, body: '{"orderNumber":"A-1001","sku":"S","quantity":1}' };
    for (const path of ['/orders', '/orders']) await ask(`${service.address}${path}`, order);
    for (const path of ['A-1001', 'A-1001', 'A-1001', 'A-1002']) await get(`/orders/${path}?a=b`);
    for (const path of ['/nowhere', '/livez', '/readyz', '/healthz']) await get(path);
    await expect
      .poll(async () => countsIn((await get('/metrics', bearer)).text))
      .toEqual({
        'POST /orders 201': 1,
        'POST /orders 200': 1,
        'GET /orders/{orderNumber} 200': 3,
        'GET /orders/{orderNumber} 404': 1,
        'GET other 404': 1,
      });
  });

  it('shows the four answers on one page that loads nothing', async () => {
    const { headers, text } = await get('/status', bearer);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/);
    expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
    for (const question of [
      'Is it up?',
      'Is it slow?',
      'Are jobs failing?',
      'Did the last deployment change anything?',
    ])
      expect(text).toContain(question);
    expect(text).not.toMatch(/<(script|link|img|iframe)\b|\ssrc=|url\(|@import|https?:\/\//i);
  });
}
