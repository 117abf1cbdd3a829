// What the settings of httpClient do in a real undici that calls a local server which misbehaves: it is silent, it stalls,
// it answers too much, too slowly, or 503. Time is never measured: each test sees which limit ends the call.
import { Agent, errors, interceptors, type Dispatcher } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';

import { toUndici } from '../adapters/to-undici.ts';
import { httpClient } from '../groups/http-client.ts';
import { answer, startMisbehaving } from '../testing/misbehaving-server.ts';
import { patience } from '../testing/raw-connection.ts';
import { loadGroup } from '../testing/shipped-groups.ts';

type Env = Readonly<Record<string, string>>;
type Call = (origin: string, options?: Partial<Dispatcher.RequestOptions>) => Promise<{ status: number; body: string }>;

// Retries that wait for nothing are quick to see.
const eager = { HTTP_CLIENT_BACKOFF_BASE: '10ms', HTTP_CLIENT_BACKOFF_CAP: '100ms' };

/** A client with these settings. */
function createClient(env: Env = {}): Call {
  const { agent, retry, request } = toUndici(loadGroup(httpClient, { ...eager, ...env }));
  const own = new Agent({ ...agent, connect: { ...agent.connect, rejectUnauthorized: false } });
  const client = own.compose(interceptors.retry(retry));
  onTestFinished(() => own.destroy());
  return async (origin, options) => {
    const response = await client.request({ origin, path: '/', method: 'GET', ...request(), ...options });
    return { status: response.statusCode, body: await response.body.text() };
  };
}

const once = { HTTP_CLIENT_ATTEMPTS: '1' };

describe('a call ends', { timeout: 30_000 }, () => {
  it('when nobody finishes the connection', async () => {
    // TLS is part of connecting, and this server never answers its first message.
    const { port } = await startMisbehaving(() => undefined);
    const call = createClient({ ...once, HTTP_CLIENT_CONNECT_TIMEOUT: '100ms' });
    await expect(call(`https://127.0.0.1:${port}`)).rejects.toThrow(errors.ConnectTimeoutError);
  });

  it('when no headers come', async () => {
    const { origin } = await startMisbehaving(() => undefined);
    const call = createClient({ ...once, HTTP_CLIENT_HEADERS_TIMEOUT: '100ms' });
    await expect(call(origin)).rejects.toThrow(errors.HeadersTimeoutError);
  });

  it('when the body stalls', async () => {
    const { origin } = await startMisbehaving((socket) =>
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf'),
    );
    const call = createClient({ HTTP_CLIENT_BODY_TIMEOUT: '100ms' });
    await expect(call(origin)).rejects.toThrow(errors.BodyTimeoutError);
  });

  it('when its deadline is over, although something always comes', async () => {
    const { origin } = await startMisbehaving((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n');
      const drip = setInterval(() => socket.write('.'), 20);
      socket.once('close', () => clearInterval(drip));
    });
    const short = { HTTP_CLIENT_DEADLINE: '500ms', HTTP_CLIENT_HEADERS_TIMEOUT: '100ms' };
    await expect(createClient(short)(origin)).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('when its deadline is over while it waits for the next attempt', async () => {
    const { origin, requests } = await startMisbehaving((socket) => socket.write(answer(503)));
    const patient = { HTTP_CLIENT_BACKOFF_BASE: '10s', HTTP_CLIENT_BACKOFF_CAP: '5m', HTTP_CLIENT_JITTER: 'none' };
    const short = { HTTP_CLIENT_DEADLINE: '2s', HTTP_CLIENT_HEADERS_TIMEOUT: '500ms' };
    await expect(createClient({ ...patient, ...short })(origin)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(requests).toHaveLength(1);
  });

  it('when the answer is too large', async () => {
    const { origin } = await startMisbehaving((socket, { index }) =>
      socket.write(answer(200, 'a'.repeat(1_024 + index))),
    );
    const call = createClient({ HTTP_CLIENT_MAX_RESPONSE_SIZE: '1KiB' });
    expect((await call(origin)).body).toHaveLength(1_024);
    await expect(call(origin)).rejects.toThrow(errors.ResponseExceededMaxSizeError);
  });
});

describe('an attempt is made again', { timeout: 30_000 }, () => {
  const twiceUnavailable = () =>
    startMisbehaving((socket, { index }) => socket.write(index < 2 ? answer(503) : answer(200, 'at last')));

  it('up to the number of attempts', async () => {
    const server = await twiceUnavailable();
    expect(await createClient({ HTTP_CLIENT_ATTEMPTS: '3' })(server.origin)).toEqual({ status: 200, body: 'at last' });
    expect(server.requests).toHaveLength(3);
    const other = await twiceUnavailable();
    await expect(createClient({ HTTP_CLIENT_ATTEMPTS: '2' })(other.origin)).rejects.toMatchObject({ statusCode: 503 });
    expect(other.requests).toHaveLength(2);
  });

  it('after silence and after a lost connection', async () => {
    const server = await startMisbehaving((socket, { index }) => {
      if (index === 1) socket.destroy();
      if (index === 2) socket.write(answer(200, 'at last'));
    });
    const call = createClient({ HTTP_CLIENT_HEADERS_TIMEOUT: '1s' });
    expect(await call(server.origin)).toEqual({ status: 200, body: 'at last' });
    expect(server.requests).toEqual(['GET /', 'GET /', 'GET /']);
  });

  it('for the methods and the statuses of the settings, and no others', async () => {
    const server = await startMisbehaving((socket, { head }) =>
      socket.write(answer(head.startsWith('GET') ? 500 : 503)),
    );
    const call = createClient();
    await expect(call(server.origin, { method: 'POST' })).rejects.toMatchObject({ statusCode: 503 });
    expect((await call(server.origin)).status).toBe(500);
    expect(server.requests).toEqual(['POST /', 'GET /']);

    const other = await startMisbehaving((socket) => socket.write(answer(500)));
    const wide = createClient({ HTTP_CLIENT_RETRY_METHODS: 'POST', HTTP_CLIENT_RETRY_STATUSES: '500' });
    await expect(wide(other.origin, { method: 'POST' })).rejects.toMatchObject({ statusCode: 500 });
    expect(other.requests).toHaveLength(3);
  });

  it('not before the server wants it', async () => {
    const at: number[] = [];
    const server = await startMisbehaving((socket, { index }) => {
      at.push(performance.now());
      socket.write(index === 0 ? answer(429, '', 'retry-after: 1\r\n') : answer(200));
    });
    await createClient({ HTTP_CLIENT_BACKOFF_CAP: '2s' })(server.origin);
    // Timers may be early by a fraction of a millisecond.
    expect(at[1]! - at[0]!).toBeGreaterThan(990);
  });

  it('never beyond the budget: an outage meets the calls and a tenth of them, not three times as many', async () => {
    const server = await startMisbehaving((socket) => socket.write(answer(503)));
    const call = createClient();
    for (let index = 0; index < 50; index += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one call after the other, as the budget counts them
      await call(server.origin).catch(() => undefined);
    }
    expect(server.requests.length).toBeGreaterThanOrEqual(55);
    expect(server.requests.length).toBeLessThanOrEqual(57);
  });
});

describe('connections', { timeout: 30_000 }, () => {
  it('of one origin are as many as the settings allow: the others wait', async () => {
    let [open, most] = [0, 0];
    const server = await startMisbehaving((socket) => {
      most = Math.max(most, (open += 1));
      setTimeout(() => {
        open -= 1;
        socket.write(answer(200));
      }, 50);
    });
    const call = createClient({ HTTP_CLIENT_CONNECTIONS_PER_ORIGIN: '2' });
    await Promise.all(Array.from({ length: 6 }, () => call(server.origin)));
    expect(most).toBe(2);
  });

  it('that nobody uses are closed by the client, however long the server would keep them', async () => {
    const server = await startMisbehaving((socket) => socket.write(answer(200, '', 'keep-alive: timeout=600\r\n')));
    const call = createClient({ HTTP_CLIENT_IDLE_TIMEOUT: '1s' });
    await call(server.origin);
    let closed = false;
    void server.hungUp.then(() => (closed = true));
    await expect.poll(() => closed, patience).toBe(true);
  });
});
