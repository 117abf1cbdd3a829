import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createHealth } from '../create-health.ts';
import type { Health } from '../health.ts';

const token = 'a-token-of-16-or-more';

/** What a framework has to serve to be tested here. Everything answers with JSON. */
export interface AppUnderTest {
  readonly health: Health;
  /** Called by a middleware or hook before any route, for every request that reaches the framework. */
  readonly reached: (path: string) => void;
  /** Called by the route that never answers. */
  readonly hanging: () => void;
}

/**
 * Starts a framework on a free port of 127.0.0.1 until the test ends, with these routes:
 *
 * `GET /orders/:orderNumber` waits a turn, marks a hit and as many calls as the number, and answers with the marks.
 * `POST /orders` marks a call, reads the body as JSON, marks a miss and a call, and answers `{ body, marks }`.
 * `GET /stream` marks a call for each of three chunks, between turns. `GET /hangs` marks two calls and never answers.
 * `GET /fails` marks a call and throws; the error handler marks another and answers 500 with the marks.
 */
export type StartApp = (app: AppUnderTest) => Promise<number>;

export const countByRoute = (health: Health): Record<string, number> =>
  Object.fromEntries([...health.snapshot().window.routes].map(([name, { requests }]) => [name, requests]));

async function raw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  return text(socket);
}

async function start(startApp: StartApp, options = {}) {
  const health = createHealth({ serviceId: 'orders', releaseId: '1', token, ...options });
  const reached: string[] = [];
  const hanging = Promise.withResolvers<void>();
  const port = await startApp({ health, reached: (path) => reached.push(path), hanging: hanging.resolve });
  const fetchFrom = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
  const requests = () => health.snapshot().window.total.requests;
  return { health, reached, hanging: hanging.promise, port, fetchFrom, requests };
}

const endpoints = ['/livez', '/readyz', '/startupz', '/healthz', '/metrics', '/status'];

/** What holds at every door, whatever the framework. */
export function describeDoor(name: string, startApp: StartApp): void {
  describe(`the door of ${name}`, () => {
    it('answers every endpoint before anything of the app, and counts none', async () => {
      const { health, reached, fetchFrom, requests } = await start(startApp);
      const statuses = await Promise.all(endpoints.map(async (path) => (await fetchFrom(path)).status));
      expect(statuses).toEqual([200, 200, 200, 200, 401, 401]);
      const authorization = `Bearer ${token}`;
      const all = endpoints.map(async (path) => (await fetchFrom(path, { headers: { authorization } })).status);
      expect(await Promise.all(all)).toEqual([200, 200, 200, 200, 200, 200]);
      expect([reached, requests(), health.snapshot().totals.activeRequests]).toEqual([[], 0, 0]);
    });

    it('ignores a query', async () => {
      const { reached, fetchFrom } = await start(startApp);
      const answers = await Promise.all(endpoints.slice(0, 4).map((path) => fetchFrom(`${path}?from=balancer&x=/`)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect(reached).toEqual([]);
    });

    it('serves under a prefix, and leaves the paths without it to the app', async () => {
      const { reached, fetchFrom } = await start(startApp, { prefix: '/internal' });
      const [behind, before, like] = await Promise.all(
        ['/internal/livez', '/livez', '/internal/livezz'].map((path) => fetchFrom(path)),
      );
      expect([behind?.status, before?.status, like?.status]).toEqual([200, 404, 404]);
      expect(reached.toSorted()).toEqual(['/internal/livezz', '/livez']);
    });

    it('answers HEAD with the headers of GET and no body', async () => {
      const { port } = await start(startApp);
      const headOf = (answer: string) => answer.slice(0, answer.indexOf('\r\n\r\n')).replace(/^date: .*\r\n/im, '');
      const ask = (method: string) =>
        raw(port, `${method} /readyz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`).then((answer) => answer);
      const [get, head] = await Promise.all([ask('GET'), ask('HEAD')]);
      expect(headOf(head)).toBe(headOf(get));
      expect(head).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*content-length: 17\r\n[^]*\r\n\r\n$/i);
    });

    it('answers other methods 405, whether or not a body comes with them', async () => {
      const { reached, fetchFrom } = await start(startApp);
      const body = JSON.stringify('x'.repeat(100_000));
      const headers = { 'content-type': 'application/json' };
      const sent = [{ method: 'POST', body, headers }, { method: 'DELETE' }, { method: 'PUT', body: '{', headers }];
      const answers = await Promise.all(sent.map((init) => fetchFrom('/livez', init)));
      expect(answers.map(({ status, headers: got }) => [status, got.get('allow')])).toEqual(
        sent.map(() => [405, 'GET, HEAD']),
      );
      expect(reached).toEqual([]);
    });

    it('counts by the template of the route', async () => {
      const { health, fetchFrom, requests } = await start(startApp);
      await Promise.all(['/orders/1', '/orders/2?x=3', '/orders/3'].map((path) => fetchFrom(path)));
      await expect.poll(requests).toBe(3);
      expect(countByRoute(health)).toEqual({ '/orders/{orderNumber}': 3 });
      const [series] = health.snapshot().sinceStart;
      expect(series).toMatchObject({ route: '/orders/{orderNumber}', method: 'GET', status: 200, count: 3 });
    });

    it('makes no route of an unknown path', async () => {
      const { health, fetchFrom, requests } = await start(startApp);
      const paths = Array.from({ length: 60 }, (_, index) => `/unknown/${index}`);
      const answers = await Promise.all(paths.map((path) => fetchFrom(path)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
      await expect.poll(requests).toBe(60);
      expect(countByRoute(health)).toEqual({ other: 60 });
    });

    it('keeps the marks of concurrent requests apart', async () => {
      const { fetchFrom } = await start(startApp);
      const calls = Array.from({ length: 20 }, (_, index) => index + 1);
      const marks = calls.map(async (count) => (await fetchFrom(`/orders/${count}`)).json());
      expect(await Promise.all(marks)).toMatchObject(
        calls.map((databaseCalls) => ({ databaseCalls, cache: 'hit', route: '/orders/:orderNumber' })),
      );
    });

    it.each([
      ['known length', { body: JSON.stringify({ text: 'x'.repeat(50_000) }) }],
      ['unknown length', { body: new Blob([JSON.stringify({ text: 'x'.repeat(50_000) })]).stream(), duplex: 'half' }],
    ])('keeps the marks while a body of %s is read', async (_, init) => {
      const { health, fetchFrom, requests } = await start(startApp);
      const headers = { 'content-type': 'application/json' };
      const answer = await fetchFrom('/orders', { method: 'POST', headers, ...init } as RequestInit);
      expect(await answer.json()).toMatchObject({
        body: { text: 'x'.repeat(50_000) },
        marks: { databaseCalls: 2, cache: 'miss' },
      });
      await expect.poll(requests).toBe(1);
      expect(health.snapshot().window.total).toMatchObject({ databaseCalls: 2, calls: { miss: 2 } });
    });

    it('counts a body that cannot be read as the answer of the framework', async () => {
      const { health, fetchFrom, requests } = await start(startApp);
      const headers = { 'content-type': 'application/json' };
      const { status } = await fetchFrom('/orders', { method: 'POST', headers, body: '{"half":' });
      await expect.poll(requests).toBe(1);
      expect(health.snapshot().sinceStart).toMatchObject([{ route: '/orders', method: 'POST', status, count: 1 }]);
    });

    it('measures a stream to its end, with the marks made while it ran', async () => {
      const { health, fetchFrom, requests } = await start(startApp);
      expect(await (await fetchFrom('/stream')).text()).toBe('123');
      await expect.poll(requests).toBe(1);
      expect(health.snapshot().window.total).toMatchObject({ requests: 1, errors: 0, databaseCalls: 3 });
      expect(countByRoute(health)).toEqual({ '/stream': 1 });
    });

    it('counts what an error handler answers, with its marks', async () => {
      const { health, fetchFrom, requests } = await start(startApp);
      const answer = await fetchFrom('/fails');
      expect([answer.status, await answer.json()]).toMatchObject([500, { databaseCalls: 2 }]);
      await expect.poll(requests).toBe(1);
      const { errors, failedTimes, times } = health.snapshot().window.total;
      expect([errors, failedTimes.count, times.none.count]).toEqual([1, 1, 0]);
      expect(health.snapshot().sinceStart).toMatchObject([{ route: '/fails', status: 500, count: 1 }]);
    });

    it('counts a client that hangs up as 499, which is no error and no time', async () => {
      const { health, port, hanging, requests } = await start(startApp);
      const socket = connect(port, '127.0.0.1').resume();
      socket.write('GET /hangs HTTP/1.1\r\nhost: a\r\n\r\n');
      await hanging;
      expect(health.snapshot().totals.activeRequests).toBe(1);
      socket.destroy();
      await expect.poll(requests).toBe(1);
      const { total } = health.snapshot().window;
      expect(total).toMatchObject({ errors: 0, databaseCalls: 2 });
      expect([total.times.none.count, total.failedTimes.count]).toEqual([0, 0]);
      expect(health.snapshot().sinceStart).toMatchObject([{ route: '/hangs', status: 499, count: 1 }]);
      expect(health.snapshot().totals.activeRequests).toBe(0);
    });

    it('counts a client that hangs up in the middle of its body', async () => {
      const { health, port, reached, requests } = await start(startApp);
      const socket = connect(port, '127.0.0.1').resume();
      const headers = 'host: a\r\ncontent-type: application/json\r\ncontent-length: 100';
      socket.write(`POST /orders HTTP/1.1\r\n${headers}\r\n\r\n{"half":`);
      await expect.poll(() => reached).toEqual(['/orders']);
      socket.destroy();
      await once(socket, 'close');
      await expect.poll(requests).toBe(1);
      expect(health.snapshot().sinceStart).toMatchObject([{ route: '/orders', status: 499 }]);
    });

    it('counts every request of a pipeline, also when the client is gone before they are answered', async () => {
      const { health, port, hanging, requests } = await start(startApp);
      const socket = connect(port, '127.0.0.1').resume();
      socket.write('GET /hangs HTTP/1.1\r\nhost: a\r\n\r\n'.repeat(3));
      await hanging;
      await expect.poll(() => health.snapshot().totals.activeRequests).toBe(3);
      socket.destroy();
      await expect.poll(requests).toBe(3);
      expect(health.snapshot().totals.activeRequests).toBe(0);
    });

    it('turns /readyz to 503 while draining, and serves on', async () => {
      const { health, fetchFrom } = await start(startApp);
      health.drain();
      const answers = await Promise.all(['/readyz', '/livez', '/orders/1'].map((path) => fetchFrom(path)));
      expect(answers.map(({ status }) => status)).toEqual([503, 200, 200]);
    });
  });
}
