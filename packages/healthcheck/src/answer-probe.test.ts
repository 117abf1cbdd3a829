import { describe, expect, it, vi } from 'vitest';
import { createHealth } from './create-health.ts';
import { createHandClock } from './testing/hand-clock.ts';
import { serve } from './testing/serve.ts';

const token = 'a-token-of-16-or-more';
const named = { serviceId: 'orders', releaseId: '1.2.3' };
const publicPart = {
  status: 'pass',
  contract: 'health/1',
  serviceId: 'orders',
  releaseId: '1.2.3',
  answers: { up: 'yes', slow: 'not enough data', jobs: 'not measured', deploy: 'not measured' },
};
const refuse = () => Promise.reject(new Error('refused'));
const notFound = vi.fn<(...args: unknown[]) => void>();

async function serveHealth(options = {}) {
  const health = createHealth({ ...named, ...options });
  const served = await serve(
    health.wrap((request, response) => {
      notFound(request.url);
      response.writeHead(404).end();
    }),
  );
  const read = async (path: string, init?: RequestInit) => {
    const response = await served.get(path, init);
    return { status: response.status, body: await response.text(), headers: response.headers };
  };
  return { health, served, read };
}

describe('a probe', () => {
  it.each([
    ['/livez', { status: 'pass' }],
    ['/readyz', { status: 'pass' }],
    ['/healthz', publicPart],
    ['/livez?verbose=1', { status: 'pass' }],
    ['/healthz?', publicPart],
  ])('on %s is answered as application/health+json that nobody stores', async (path, expected) => {
    const { read } = await serveHealth();
    const { status, body, headers } = await read(path);
    expect([status, JSON.parse(body)]).toEqual([200, expected]);
    expect([headers.get('content-type'), headers.get('cache-control')]).toEqual([
      'application/health+json',
      'no-store',
    ]);
  });

  it.each(['/livez', '/readyz', '/healthz'])('on %s answers HEAD like GET, without the body', async (path) => {
    const { served, read } = await serveHealth();
    const get = await read(path);
    const answer = await served.raw(`HEAD ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer.toLowerCase()).toContain(`content-length: ${get.body.length}\r\n`);
    expect(answer).toMatch(/\r\n\r\n$/);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])(
    'refuses %s with 405 and says what is allowed',
    async (method) => {
      const { read } = await serveHealth();
      const { status, headers } = await read('/readyz', { method });
      expect([status, headers.get('allow'), headers.get('cache-control')]).toEqual([405, 'GET, HEAD', 'no-store']);
    },
  );

  it('leaves a keep-alive connection usable after a refused POST with a body', async () => {
    const { served } = await serveHealth();
    const post = `POST /livez HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\nhello`;
    const answer = await served.raw(`${post}GET /livez HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 405', 'HTTP/1.1 200']);
  });

  it.each(['/livez/', '/livezz', '/LIVEZ', '/a/livez', '/'])('is not what %s asks for', async (path) => {
    const { read } = await serveHealth();
    notFound.mockClear();
    expect((await read(path)).status).toBe(404);
    expect(notFound).toHaveBeenCalledExactlyOnceWith(path);
  });

  it('is answered before the handler and is not counted', async () => {
    const { health, read } = await serveHealth();
    notFound.mockClear();
    for (const path of ['/livez', '/readyz', '/healthz']) {
      // oxlint-disable-next-line no-await-in-loop -- one connection
      await read(path);
    }
    await read('/livez', { method: 'POST' });
    expect(notFound).not.toHaveBeenCalled();
    expect(health.document(true).checks?.['http:errorRate']?.[0]).toMatchObject({ requests: 0 });
  });

  it('turns readiness and health to 503 while draining, and stays alive', async () => {
    const { health, read } = await serveHealth();
    health.drain();
    const answers = [await read('/readyz'), await read('/healthz'), await read('/livez'), await read('/')];
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 200, 404]);
    expect(answers.slice(0, 3).map(({ body }): unknown => JSON.parse(body))).toEqual([
      { status: 'fail' },
      { ...publicPart, status: 'fail', answers: { ...publicPart.answers, up: 'draining' } },
      { status: 'pass' },
    ]);
    expect(health.ready()).toBe(false);
  });

  it.each([
    ['report', 200, 200, 'warn', 'yes'],
    ['ready', 503, 503, 'fail', 'no'],
  ] as const)('with a failed check that gates %s', async (gates, readyz, healthz, status, up) => {
    const clock = createHandClock();
    const { now, schedule } = clock;
    const { read } = await serveHealth({ checks: { database: { run: refuse, gates, failAfter: 1 } }, now, schedule });
    await clock.advance(0);
    const answers = [await read('/readyz'), await read('/healthz'), await read('/livez')];
    expect(answers.map((answer) => answer.status)).toEqual([readyz, healthz, 200]);
    expect(JSON.parse(answers[1]?.body ?? '')).toMatchObject({ status, answers: { up } });
    expect(answers[1]?.body).not.toMatch(/database|refused/);
  });

  it('never waits for a check and never runs one: 50 at once on a hung check', async () => {
    const clock = createHandClock();
    const run = vi.fn<() => Promise<never>>(() => new Promise(() => {}));
    const { now, schedule } = clock;
    const { read } = await serveHealth({ checks: { database: { run } }, now, schedule });
    await clock.advance(500);
    const answers = await Promise.all(Array.from({ length: 50 }, () => read('/healthz')));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(run).toHaveBeenCalledTimes(1);
  });
});

describe('the full document', () => {
  it.each([
    ['no token sent', token, undefined, false],
    ['a wrong one', token, 'Bearer another-token-of-16', false],
    ['a prefix', token, `Bearer ${token.slice(0, 16)}`, false],
    ['another scheme', token, `Basic ${token}`, false],
    ['the right one', token, `Bearer ${token}`, true],
    ['a lower-case scheme', token, `bearer ${token}`, true],
    ['none configured', undefined, 'Bearer undefined', false],
  ])('with %s', async (_, configured, authorization, full) => {
    const { read } = await serveHealth(configured === undefined ? {} : { token: configured });
    const { status, body } = await read('/healthz', authorization === undefined ? {} : { headers: { authorization } });
    const { checks, ...rest } = JSON.parse(body) as { checks?: Record<string, unknown> };
    expect([status, rest]).toEqual([200, publicPart]);
    const all = ['http:responseTime', 'http:errorRate', 'cache:hitRatio', 'db:callsPerRequest'];
    expect(Object.keys(checks ?? {})).toEqual(full ? all : []);
  });

  it('names the checks of the service first, with its own time for each', async () => {
    const clock = createHandClock();
    const { now, schedule } = clock;
    const database = { run: () => true, componentType: 'datastore' };
    const { health } = await serveHealth({ checks: { database }, now, schedule });
    await clock.advance(1000);
    const [first, second] = Object.entries(health.document(true).checks ?? {});
    expect(first).toEqual([
      'database:responseTime',
      [
        {
          componentType: 'datastore',
          observedValue: 0,
          observedUnit: 'ms',
          status: 'pass',
          time: new Date(1_800_000_000_000).toISOString(),
        },
      ],
    ]);
    expect(second?.[1][0]?.time).toBe(new Date(1_800_000_001_000).toISOString());
  });
});
