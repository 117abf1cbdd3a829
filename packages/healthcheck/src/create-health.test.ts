import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createHealth } from './create-health.ts';
import type { Health } from './health.ts';
import type { RequestMarks } from './recording/request-marks.ts';
import { createHandClock } from './testing/hand-clock.ts';
import { serve } from './testing/serve.ts';

const create = (options = {}): Health => createHealth({ serviceId: 'orders', releaseId: '1', ...options });
const measurement = (health: Health, name: string) => health.document(true).checks?.[name]?.[0];
const requests = (health: Health) => measurement(health, 'http:errorRate')?.['requests'];

describe('measuring requests', () => {
  it('counts exactly what was sent: requests, errors, hits, misses, database calls', async () => {
    const health = create();
    const handler: RequestListener = (request, response) => {
      if (request.url === '/hit') health.cache('hit');
      if (request.url === '/miss') {
        health.cache('miss');
        health.db();
      }
      if (request.url === '/list') health.db(3);
      response.writeHead(Number(request.headers['x-status'] ?? 200)).end();
    };
    const { get } = await serve(health.wrap(handler));
    const send = (path: string, times: number, status = 200) =>
      Array.from({ length: times }, () => get(path, { headers: { 'x-status': String(status) } }));
    await Promise.all(
      [send('/hit', 7), send('/miss', 5), send('/list', 4), send('/', 3, 500), send('/', 2, 404)].flat(),
    );
    await expect.poll(() => requests(health)).toBe(21);
    expect(measurement(health, 'http:errorRate')).toMatchObject({ observedValue: 3 / 21, errors: 3 });
    expect(measurement(health, 'cache:hitRatio')).toMatchObject({
      observedValue: 7 / 12,
      lookups: 12,
      hits: 7,
      misses: 5,
    });
    expect(measurement(health, 'db:callsPerRequest')).toMatchObject({
      observedValue: 17 / 21,
      calls: 17,
      requests: 21,
    });
    expect(measurement(health, 'http:responseTime')?.observedValue).toMatchObject({
      hit: { n: 7 },
      miss: { n: 5 },
      // Without the failed ones: a quick failure is no quick answer.
      none: { n: 6 },
    });
  });

  it('takes the time from the beginning of a request to its finished answer', async () => {
    const clock = createHandClock();
    const health = create({ now: clock.now });
    const handler = async (_request: IncomingMessage, response: ServerResponse) => {
      await clock.advance(100);
      response.end();
    };
    const { get } = await serve(health.wrap((request, response) => void handler(request, response)));
    await get('/');
    await expect.poll(() => requests(health)).toBe(1);
    const observed = measurement(health, 'http:responseTime')?.observedValue as { p50: number } | undefined;
    expect(Math.abs((observed?.p50 ?? 0) - 100)).toBeLessThanOrEqual(6.25);
  });

  it('warns with the objective that is missed, and answers that it is slow', async () => {
    const clock = createHandClock();
    const health = create({ now: clock.now, objectives: { databaseCallsPerRequest: 1, responseTimeMs: 0 } });
    const handler: RequestListener = (_request, response) => {
      health.db(2);
      void clock.advance(5).then(() => response.end());
    };
    const { get } = await serve(health.wrap(handler));
    await Promise.all(Array.from({ length: 40 }, () => get('/')));
    await expect.poll(() => requests(health)).toBe(40);
    expect(health.document(false)).toMatchObject({ status: 'warn', answers: { up: 'yes', slow: 'yes' } });
    expect(measurement(health, 'db:callsPerRequest')?.status).toBe('warn');
  });

  it('forgets a request after the window', async () => {
    const clock = createHandClock();
    const health = create({ now: clock.now });
    const { get } = await serve(health.wrap((_request, response) => response.end()));
    await get('/');
    await expect.poll(() => requests(health)).toBe(1);
    await clock.advance(5 * 60_000);
    expect(requests(health)).toBe(1);
    await clock.advance(60_000);
    expect(requests(health)).toBe(0);
  });

  it('answers that it is slow as soon as it is, also after an idle hour', async () => {
    const clock = createHandClock();
    const health = create({ now: clock.now, objectives: { responseTimeMs: 100 } });
    const { get } = await serve(
      health.wrap((_request, response) => void clock.advance(500).then(() => response.end())),
    );
    const slow = () => health.document(false).answers.slow;
    await clock.advance(3_600_000);
    expect(slow()).toBe('not enough data');
    await Promise.all(Array.from({ length: 40 }, () => get('/')));
    await expect.poll(slow).toBe('yes');
  });

  it('counts every request of a keep-alive connection once', async () => {
    const health = create();
    const { raw } = await serve(health.wrap((_request, response) => response.end('x')));
    const request = 'GET / HTTP/1.1\r\nhost: a\r\n\r\n';
    const answer = await raw(request + request + request.replace('host: a', 'host: a\r\nconnection: close'));
    expect(answer.match(/200 OK/g)).toHaveLength(3);
    expect(requests(health)).toBe(3);
  });

  it('counts a request once when two wraps are around it', async () => {
    const health = create();
    const { get } = await serve(
      health.wrap(
        health.wrap((_request, response) => {
          health.db();
          response.end();
        }),
      ),
    );
    await (await get('/')).text();
    await expect.poll(() => requests(health)).toBe(1);
    await nextTurn();
    expect(measurement(health, 'db:callsPerRequest')).toMatchObject({ calls: 1, requests: 1 });
  });

  it.each([
    ['before an answer', () => {}],
    ['in the middle of a 500', (response: ServerResponse) => response.writeHead(500).write('half')],
  ])('counts a client that hangs up %s, once, and as no error', async (_, answer) => {
    const health = create();
    const handled = Promise.withResolvers<ServerResponse>();
    const { port } = await serve(
      health.wrap((_request, response) => {
        answer(response);
        handled.resolve(response);
      }),
    );
    const socket = connect(port, '127.0.0.1').resume();
    socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
    const response = await handled.promise;
    const closed = once(response, 'close');
    socket.destroy();
    await closed;
    response.end();
    await nextTurn();
    expect(measurement(health, 'http:errorRate')).toMatchObject({ observedValue: 0, requests: 1, errors: 0 });
  });
});

describe('the marks of a request', () => {
  it('do not mix between concurrent requests', async () => {
    const health = create();
    const seen = new Map<string, RequestMarks | undefined>();
    const handler = async (request: IncomingMessage, response: ServerResponse) => {
      const calls = Number(request.url?.slice(1));
      if (calls % 2 === 0) health.cache('miss');
      for (let call = 0; call < calls; call += 1) {
        // oxlint-disable-next-line no-await-in-loop -- gives the other requests their turn
        await nextTurn();
        health.db();
      }
      seen.set(`/${calls}`, health.current());
      response.end();
    };
    const { get } = await serve(health.wrap((request, response) => void handler(request, response)));
    const paths = Array.from({ length: 20 }, (_, index) => `/${index}`);
    await Promise.all(paths.map((path) => get(path)));
    expect(paths.map((path) => seen.get(path)?.databaseCalls)).toEqual(paths.map((_, index) => index));
    expect(paths.map((path) => seen.get(path)?.cache)).toEqual(
      paths.map((_, index) => (index % 2 === 0 ? 'miss' : 'none')),
    );
  });

  it.each([
    ['known length', { body: 'x'.repeat(100_000) }],
    ['unknown length', { body: new Blob(['x'.repeat(100_000)]).stream(), duplex: 'half' } as const],
  ])('are known in the events of a body of %s, where Node has left the context of the request', async (_, sent) => {
    const health = create();
    const { get } = await serve(
      health.wrap((request, response) => {
        request.on('data', () => health.cache('miss'));
        request.on('end', () => {
          health.db(2);
          response.end(JSON.stringify(health.current()));
        });
      }),
    );
    const response = await get('/', { method: 'POST', ...sent });
    expect(await response.json()).toMatchObject({ databaseCalls: 2, cache: 'miss' });
  });

  it('are known when the client hangs up', async () => {
    const health = create();
    const closed = Promise.withResolvers<RequestMarks | undefined>();
    const abort = new AbortController();
    const { get } = await serve(
      health.wrap((_request, response) => {
        health.db(4);
        response.on('close', () => closed.resolve(health.current()));
        abort.abort();
      }),
    );
    await expect(get('/', { signal: abort.signal })).rejects.toThrow('aborted');
    expect(await closed.promise).toMatchObject({ databaseCalls: 4, cache: 'none' });
  });

  it('carry when the request began', async () => {
    const clock = createHandClock();
    const health = create({ now: clock.now });
    const { get } = await serve(health.wrap((_request, response) => response.end(String(health.current()?.startedAt))));
    expect(await (await get('/')).text()).toBe('1800000000000');
  });

  it.each([
    [['hit', 'miss'], 'miss'],
    [['miss', 'hit'], 'miss'],
    [['hit', 'hit'], 'hit'],
    [['stale', 'hit'], 'hit'],
  ])('after the lookups %j are a %s', async (lookups, expected) => {
    const health = create();
    const { get } = await serve(
      health.wrap((_request, response) => {
        for (const lookup of lookups) health.cache(lookup as 'hit');
        response.end(health.current()?.cache);
      }),
    );
    expect(await (await get('/')).text()).toBe(expected);
  });

  it('ignore database calls that are no whole number above 0', async () => {
    const health = create();
    const { get } = await serve(
      health.wrap((_request, response) => {
        for (const calls of [Number.NaN, -1, 0, 0.5, Number.POSITIVE_INFINITY, '2']) health.db(calls as number);
        response.end(String(health.current()?.databaseCalls));
      }),
    );
    expect(await (await get('/')).text()).toBe('0');
  });

  it('do not exist outside a request, where marking does nothing', () => {
    const health = create();
    health.db();
    health.cache('hit');
    expect(health.current()).toBeUndefined();
    expect(measurement(health, 'db:callsPerRequest')).toMatchObject({ observedValue: null, calls: 0 });
  });
});

describe('background timers', () => {
  it('do not keep a process alive', async () => {
    const program = `import { createHealth } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
      createHealth({ serviceId: 'a', releaseId: '1', checks: { a: { run: () => new Promise(() => {}) } } });`;
    const ended = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
      timeout: 20_000,
    });
    await expect(ended).resolves.toMatchObject({ stdout: '' });
  });
});
