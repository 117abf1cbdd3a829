import { get } from 'node:http';
import { connect } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startApp } from './running-app.ts';

let app: Awaited<ReturnType<typeof startApp>>;

beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.stop());

const order = { orderNumber: 'A-1001', sku: 'SKU-1', quantity: 2 };

function post(body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(`${app.address}/orders`, { method: 'POST', body: text, headers });
}

describe('orders', () => {
  it('stores an order once', async () => {
    const statuses = [await post(order), await post(order), await post({ ...order, quantity: 3 })].map(
      ({ status }) => status,
    );
    expect(statuses).toEqual([201, 200, 409]);
  });

  it('answers the second read from the cache', async () => {
    await post(order);
    const reads = [await fetch(`${app.address}/orders/A-1001`), await fetch(`${app.address}/orders/A-1001`)];
    expect(reads.map(({ headers }) => [headers.get('cache-status'), headers.get('server-timing')])).toEqual([
      ['marlin-service; fwd=miss', 'db;desc=1'],
      ['marlin-service; hit', 'db;desc=0'],
    ]);
  });

  it('lists the newest first', async () => {
    await post(order);
    await post({ ...order, orderNumber: 'A-1002' });
    const { orders } = (await (await fetch(`${app.address}/orders?limit=1`)).json()) as { orders: unknown[] };
    expect(orders).toEqual([expect.objectContaining({ orderNumber: 'A-1002' })]);
  });

  it('names every wrong field and never repeats the input', async () => {
    const text = await (await post({ orderNumber: 'secret input', quantity: '2', note: 'x' })).text();
    const { errors } = JSON.parse(text) as { errors: { pointer: string }[] };
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/orderNumber', '/sku', '/quantity', '/note']);
    expect(text).not.toContain('secret input');
  });

  it.each([
    ['{', 400, 'malformed_json'],
    ['', 400, 'malformed_json'],
    ['NaN', 400, 'malformed_json'],
    ['['.repeat(1_000) + ']'.repeat(1_000), 400, 'malformed_json'],
    ['[]', 422, 'invalid_order'],
    ['{"__proto__":1}', 422, 'invalid_order'],
    [`{"sku":"${'x'.repeat(1_100_000)}"}`, 413, 'body_too_large'],
  ])('refuses the body %.20j with %i', async (body, status, code) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code, status, retryable: false });
  });

  it('refuses a body that is not declared as JSON', async () => {
    expect((await post(order, { 'content-type': 'text/plain' })).status).toBe(415);
  });
});

describe('every answer', () => {
  it('keeps a request id that is harmless and replaces one that is not', async () => {
    const ids = ['abc-1', 'a b', 'x'.repeat(65)].map(async (id) => {
      const response = await fetch(`${app.address}/orders`, { headers: { 'x-request-id': id } });
      return response.headers.get('x-request-id') === id;
    });
    expect(await Promise.all(ids)).toEqual([true, false, false]);
  });

  it('is logged in one line', async () => {
    await post(order, { 'content-type': 'application/json', 'x-request-id': 'abc-1' });
    await expect
      .poll(() => app.lines)
      .toContainEqual(
        expect.objectContaining({
          message: 'request',
          requestId: 'abc-1',
          route: '/orders',
          status: 201,
          dbCalls: 1,
          cache: 'none',
        }),
      );
  });

  it.each([{}, { expect: 'a-miracle' }])('is measured once, by the template of its route: %j', async (headers) => {
    await new Promise((resolve) => {
      get(`${app.address}/orders/A-1001`, { headers }, (response) => response.resume().on('end', resolve));
    });
    const measured = () => [...app.health.snapshot().window.routes].map(([route, { requests }]) => [route, requests]);
    await expect.poll(measured).toEqual([['/orders/{orderNumber}', 1]]);
  });

  it.each([{}, { expect: 'a-miracle' }])('is not that of a probe, which no hook touches: %j', async (headers) => {
    const probe = await new Promise<NodeJS.Dict<string | string[]>>((resolve) => {
      get(`${app.address}/readyz`, { headers }, (response) =>
        response.resume().on('end', () => resolve(response.headers)),
      );
    });
    expect(probe).toMatchObject({ 'content-type': 'application/health+json', 'cache-control': 'no-store' });
    expect(Object.keys(probe)).not.toContain('x-request-id');
    expect(app.health.snapshot().window.total.requests).toBe(0);
  });

  it('of a failure has its request id, a problem body and a line with the cause', async () => {
    await app.database.schema.dropTable('orders').execute();
    const response = await post(order, { 'content-type': 'application/json', 'x-request-id': 'abc-2' });
    expect(response.status).toBe(500);
    expect(response.headers.get('x-request-id')).toBe('abc-2');
    expect(await response.json()).toMatchObject({ code: 'internal', retryable: true, requestId: 'abc-2' });
    expect(app.lines).toContainEqual(expect.objectContaining({ message: 'request failed', requestId: 'abc-2' }));
  });

  it('to something that is no HTTP is a problem too', async () => {
    const { port } = new URL(app.address);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.end('NOT HTTP\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString())).on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[^]*"code":"malformed_request"/);
  });
});

describe('a path that leads nowhere', () => {
  it.each([
    ['GET', '/orders/%zz', 404],
    ['GET', `/orders/${'A'.repeat(150)}`, 404],
    ['PURGE', '/orders', 405],
    ['DELETE', '/orders/A-1001', 405],
  ])('answers %s %.20s with a problem and its headers', async (method, path, status) => {
    const response = await fetch(app.address + path, { method });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('x-request-id')).not.toBeNull();
  });
});

describe('a client that hangs up', () => {
  it('is logged as 499 and is no failure', async () => {
    const head = 'POST /orders HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{';
    const socket = connect(Number(new URL(app.address).port), '127.0.0.1', () => socket.write(head));
    setTimeout(() => socket.destroy(), 50);
    await expect.poll(() => app.lines.map(({ status, level }) => [status, level])).toEqual([[499, 'info']]);
  });
});

describe('slow requests', () => {
  it('get 408 when they do not arrive in time', async () => {
    await app.stop();
    app = await startApp({ HTTP_REQUEST_TIMEOUT: '1s', HTTP_HEADERS_TIMEOUT: '1s' });
    const { port } = new URL(app.address);
    const answer = await new Promise<string>((resolve) => {
      const head = 'POST /orders HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{';
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(head));
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString())).on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n[^]*"code":"request_timeout"/);
  });

  it('get 503 when their handler takes too long', async () => {
    await app.stop();
    app = await startApp({ HTTP_HANDLER_TIMEOUT: '1s', DATABASE_POOL_WAIT_TIMEOUT: '500ms' }, (instance) => {
      instance.get('/slow', () => new Promise(() => undefined));
    });
    const answer = await fetch(`${app.address}/slow`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'timeout', expected: 'an answer within 1s', retryable: true });
  });
});
