import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createHealth } from '../create-health.ts';
import type { HealthOptions } from '../health-options.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { serve } from '../testing/serve.ts';

const named = { serviceId: 'orders', releaseId: '1.2.3' };
const publicPart = {
  status: 'pass',
  contract: 'health/1',
  serviceId: 'orders',
  releaseId: '1.2.3',
  answers: { up: 'yes', slow: 'not enough data', jobs: 'no jobs', deploy: 'not measured' },
  numbers: {
    up: { uptimeSeconds: 0, checks: 0, checksPassing: 0 },
    slow: { p95Ms: null, objectiveMs: null, requests: 0, minutes: 6 },
    jobs: { total: 0, failing: 0 },
    deploy: null,
  },
};
const refuse = () => Promise.reject(new Error('refused'));
const notFound = vi.fn<(...args: unknown[]) => void>();

async function serveHealth(options: Partial<HealthOptions> = {}) {
  const health = createHealth({ ...named, ...options });
  onTestFinished(() => health.close());
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
    ['/startupz', { status: 'pass' }],
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

  it.each(['/livez', '/readyz', '/startupz', '/healthz'])(
    'on %s answers HEAD like GET, without the body',
    async (path) => {
      const { served, read } = await serveHealth();
      const get = await read(path);
      const answer = await served.raw(`HEAD ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
      expect(answer.toLowerCase()).toContain(`content-length: ${get.body.length}\r\n`);
      expect(answer).toMatch(/\r\n\r\n$/);
    },
  );

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

  it('says that it starts until every check that gates the start has passed once', async () => {
    const clock = createHandClock();
    const { now, schedule } = clock;
    const run = vi
      .fn<() => boolean>(() => true)
      .mockImplementationOnce(() => {
        throw new Error('not yet');
      });
    const { read } = await serveHealth({ checks: { warmUp: { run, gates: 'startup', everyMs: 1000 } }, now, schedule });
    const statuses = async () => {
      const answers = [await read('/startupz'), await read('/readyz'), await read('/livez'), await read('/healthz')];
      const { answers: words } = JSON.parse(answers.at(-1)?.body ?? '') as { answers: { up: string } };
      return [...answers.map(({ status }) => status), words.up];
    };
    expect(await statuses()).toEqual([503, 503, 200, 503, 'starting']);
    await clock.advance(0);
    expect(await statuses()).toEqual([503, 503, 200, 503, 'starting']);
    await clock.advance(1100);
    expect(await statuses()).toEqual([200, 200, 200, 200, 'yes']);
  });

  it.each(['/-', '/internal/health'])('stands under the prefix %s and nowhere else', async (prefix) => {
    const { read } = await serveHealth({ prefix });
    const paths = ['/livez', '/readyz', '/startupz', '/healthz', '/metrics', '/status'];
    const statuses = async (start: string) =>
      Promise.all(paths.map(async (path) => (await read(`${start}${path}?a=1`)).status));
    expect(await statuses(prefix)).toEqual([200, 200, 200, 200, 401, 401]);
    expect(await statuses('')).toEqual([404, 404, 404, 404, 404, 404]);
  });
});
