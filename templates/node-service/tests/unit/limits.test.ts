import { Agent, get } from 'node:http';

import { afterEach, describe, expect, it } from 'vitest';

import { startApp } from './running-app.ts';

let app: Awaited<ReturnType<typeof startApp>> | undefined;
afterEach(() => app?.stop());

describe('X-Forwarded-For', () => {
  const clientSeen = async (trusted: string) => {
    app = await startApp({ HTTP_TRUSTED_PROXIES: trusted }, (routes) => {
      routes.get('/client', (request) => ({ client: request.ip }));
    });
    const response = await fetch(`${app.address}/client`, { headers: { 'x-forwarded-for': '203.0.113.7' } });
    return (await response.json()) as { client: string };
  };

  it('is believed from a trusted proxy only', async () => {
    expect(await clientSeen('none')).toEqual({ client: '127.0.0.1' });
    await app?.stop();
    expect(await clientSeen('10.0.0.0/8,127.0.0.1')).toEqual({ client: '203.0.113.7' });
  });
});

it('a connection serves as many requests as HTTP_MAX_REQUESTS_PER_SOCKET says', async () => {
  app = await startApp({ HTTP_MAX_REQUESTS_PER_SOCKET: '1' });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { address } = app;
  const headers: (string | undefined)[] = [];
  await new Promise<void>((resolve, reject) => {
    get(`${address}/orders`, { agent }, (response) => {
      headers.push(response.headers.connection);
      response.resume().once('end', resolve);
    }).once('error', reject);
  });
  agent.destroy();
  expect(headers).toEqual(['close']);
});

it.each(['GET', 'POST'])(
  'a handler that takes longer than HTTP_HANDLER_TIMEOUT is not waited for: %s',
  async (method) => {
    app = await startApp({ HTTP_HANDLER_TIMEOUT: '1s', DATABASE_POOL_WAIT_TIMEOUT: '500ms' }, (routes) => {
      routes.route({ method, url: '/slow', handler: () => new Promise(() => undefined) });
    });
    const body = method === 'POST' ? { body: '{}', headers: { 'content-type': 'application/json' } } : {};
    const answer = await fetch(`${app.address}/slow`, { method, ...body });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'timeout', retryable: true });
    const { lines } = app;
    await expect.poll(() => lines).toContainEqual(expect.objectContaining({ message: 'request', status: 503 }));
  },
);

it('an event loop that is late turns requests away with 503 and Retry-After, as a problem', async () => {
  app = await startApp({ HTTP_MAX_EVENT_LOOP_DELAY: '100ms', HTTP_SHED_RETRY_AFTER: '7s' }, (routes) => {
    routes.get('/busy', () => {
      const until = performance.now() + 1_500;
      while (performance.now() < until);
      return {};
    });
  });
  const { address, lines } = app;
  await fetch(`${address}/busy`);
  let refused: Response | undefined;
  // The delay is sampled once a second, and holds until the next sample.
  await expect
    .poll(async () => (refused = await fetch(`${address}/orders`)).status, { timeout: 10_000, interval: 20 })
    .toBe(503);
  expect(refused?.headers.get('retry-after')).toBe('7');
  expect(await refused?.json()).toMatchObject({ code: 'overloaded', status: 503, retryable: true });
  expect(lines.filter(({ message }) => message === 'request failed')).toEqual([]);
});
