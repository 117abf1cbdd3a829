// What the settings of httpServer do on a real node:http server and a real Fastify, seen from a client that misbehaves.
// Time is never measured: a test waits for what must happen, and where two settings compete sees which one acts first.
import underPressure from '@fastify/under-pressure';
import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';

import { toUnderPressure } from '../adapters/to-under-pressure.ts';
import { httpServer } from '../groups/http-server.ts';
import { startFastifyServer, startNodeServer } from '../testing/http-servers.ts';
import { connectRaw } from '../testing/raw-connection.ts';
import { loadGroup } from '../testing/shipped-groups.ts';

const get = 'GET / HTTP/1.1\r\nhost: orders\r\n\r\n';
const unfinishedBody = 'POST / HTTP/1.1\r\nhost: orders\r\ncontent-type: text/plain\r\ncontent-length: 10\r\n\r\nhalf';
const unfinishedHeaders = 'GET / HTTP/1.1\r\nhost: ord';

const servers = [
  { name: 'node:http', start: startNodeServer },
  { name: 'Fastify', start: startFastifyServer },
];

describe.each(servers)('$name', { timeout: 40_000 }, ({ start }) => {
  it('answers 408 to a body that does not come to its end', async () => {
    const client = await connectRaw(await start({ HTTP_REQUEST_TIMEOUT: '1s', HTTP_HEADERS_TIMEOUT: '1s' }));
    client.send(unfinishedBody);
    await client.until('HTTP/1.1 408 ');
    await client.ended;
  });

  it('answers 408 to headers that do not come to their end, long before the time for the request is over', async () => {
    const client = await connectRaw(await start({ HTTP_REQUEST_TIMEOUT: '5m', HTTP_HEADERS_TIMEOUT: '1s' }));
    client.send(unfinishedHeaders);
    await client.until('HTTP/1.1 408 ');
    await client.ended;
  });

  it('answers 431 to headers over the limit, and takes those below', async () => {
    const port = await start({ HTTP_MAX_HEADER_SIZE: '4KiB' });
    const withCookie = (bytes: number) => `GET / HTTP/1.1\r\nhost: orders\r\ncookie: ${'a'.repeat(bytes)}\r\n\r\n`;
    const [small, large] = [await connectRaw(port), await connectRaw(port)];
    small.send(withCookie(3_000));
    large.send(withCookie(5_000));
    await small.until('HTTP/1.1 200 ');
    await large.until('HTTP/1.1 431 ');
  });

  it('closes a connection that nobody uses, after the time it announced and the buffer', async () => {
    const short = {
      HTTP_KEEP_ALIVE_TIMEOUT: '1200ms',
      HTTP_BALANCER_IDLE_TIMEOUT: '1100ms',
      HTTP_HANDLER_TIMEOUT: '1s',
    };
    const clients = await Promise.all(
      ['0s', '2s'].map(async (buffer) => {
        const port = await start({ ...short, HTTP_KEEP_ALIVE_TIMEOUT_BUFFER: buffer });
        const client = await connectRaw(port);
        client.send(get);
        await client.until('Keep-Alive: timeout=1');
        return client;
      }),
    );
    const [withoutBuffer, withBuffer] = await Promise.all(clients.map(({ ended }) => ended));
    expect(withoutBuffer).toBeLessThan(withBuffer!);
  });

  it('answers 503 to a request more than one connection may have', async () => {
    const client = await connectRaw(await start({ HTTP_MAX_REQUESTS_PER_SOCKET: '2' }));
    client.send(get.repeat(3));
    await client.until('HTTP/1.1 503 ');
    expect(client.received().match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 503']);
  });
});

describe('Fastify alone', { timeout: 40_000 }, () => {
  it('answers 413 to a body over the limit, and takes one of just that size', async () => {
    const port = await startFastifyServer({ HTTP_BODY_LIMIT: '1KiB' });
    const post = async (bytes: number) => {
      const init = { method: 'POST', body: 'a'.repeat(bytes), headers: { 'content-type': 'text/plain' } };
      return (await fetch(`http://127.0.0.1:${port}/`, init)).status;
    };
    expect([await post(1_024), await post(1_025)]).toEqual([200, 413]);
  });

  it('answers 503 when a handler does not', async () => {
    const port = await startFastifyServer({ HTTP_HANDLER_TIMEOUT: '1s' });
    expect((await fetch(`http://127.0.0.1:${port}/never`)).status).toBe(503);
  });

  it('believes X-Forwarded-For of a proxy it was told to trust, and of no other', async () => {
    const seen = async (HTTP_TRUSTED_PROXIES: string) => {
      const port = await startFastifyServer({ HTTP_TRUSTED_PROXIES });
      const headers = { 'x-forwarded-for': '203.0.113.9' };
      return (await fetch(`http://127.0.0.1:${port}/address`, { headers })).text();
    };
    expect(await seen('127.0.0.1')).toBe('203.0.113.9');
    expect(await seen('10.0.0.0/8')).toBe('127.0.0.1');
    expect(await seen('none')).toBe('127.0.0.1');
  });
});

it('sheds requests while the event loop is late, and says when to come back', { timeout: 40_000 }, async () => {
  const settings = loadGroup(httpServer, { HTTP_MAX_EVENT_LOOP_DELAY: '100ms', HTTP_SHED_RETRY_AFTER: '7s' });
  const app = fastify();
  await app.register(underPressure, toUnderPressure(settings));
  app.get('/', () => 'ok');
  await app.ready();
  const block = () => {
    const endMs = performance.now() + 300;
    while (performance.now() < endMs);
  };
  expect((await app.inject('/')).statusCode).toBe(200);
  const blocking = setInterval(block, 1);
  await expect.poll(async () => (await app.inject('/')).statusCode, { timeout: 20_000, interval: 1 }).toBe(503);
  const shed = await app.inject('/');
  clearInterval(blocking);
  await app.close();
  expect(shed.headers['retry-after']).toBe('7');
});
