import { describe, expect, it, onTestFinished } from 'vitest';
import { createHealth } from '../create-health.ts';
import type { HealthOptions } from '../health-options.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { serve } from '../testing/serve.ts';
import { endpointPaths } from './create-endpoints.ts';
import type { HealthDocument } from './health-document.ts';
import { startManagementServer } from './start-management-server.ts';

const token = 'a-token-of-16-or-more';
const basic = (pair: string): string => `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;

async function serveHealth(options: Partial<HealthOptions> = {}) {
  const health = createHealth({ serviceId: 'orders', releaseId: '1.2.3', ...options });
  onTestFinished(() => health.close());
  const served = await serve(health.wrap((_request, response) => response.writeHead(404).end()));
  const read = async (path: string, authorization?: string) => {
    const response = await served.get(path, authorization === undefined ? {} : { headers: { authorization } });
    return { status: response.status, body: await response.text(), headers: Object.fromEntries(response.headers) };
  };
  return { health, served, read };
}

const allowed = [
  ['Bearer', `Bearer ${token}`],
  ['bearer in lower case', `bearer ${token}`],
  ['HTTP Basic as a browser sends it', basic(`operator:${token}`)],
  ['HTTP Basic without a user name', basic(`:${token}`)],
] as const;
const refused = [
  ['nothing', undefined],
  ['another token', 'Bearer another-token-of-16'],
  ['the beginning of the token', `Bearer ${token.slice(0, 16)}`],
  ['the token as a user name', basic(`${token}:`)],
  ['the token in no scheme', token],
  ['the bare token as Basic', `Basic ${token}`],
] as const;

describe('the full document', () => {
  it.each(allowed)('is shown for %s', async (_, authorization) => {
    const { read } = await serveHealth({ token });
    const { status, body } = await read('/healthz', authorization);
    const all = ['http:responseTime', 'http:errorRate', 'cache:hitRatio', 'db:callsPerRequest'];
    expect([status, Object.keys((JSON.parse(body) as HealthDocument).checks ?? {})]).toEqual([200, all]);
  });

  it.each(refused)('is not shown for %s: only what anybody reads', async (_, authorization) => {
    const { read } = await serveHealth({ token });
    const { status, body, headers } = await read('/healthz', authorization);
    const names = ['status', 'contract', 'serviceId', 'releaseId', 'answers', 'numbers'];
    expect([status, Object.keys(JSON.parse(body) as object)]).toEqual([200, names]);
    expect(headers).not.toHaveProperty('www-authenticate');
  });

  it('names the checks of the service first, with its own time for each', async () => {
    const clock = createHandClock();
    const { now, schedule } = clock;
    const database = { run: () => true, componentType: 'datastore' };
    const { health } = await serveHealth({ checks: { database }, now, schedule });
    await clock.advance(1000);
    const [first, second] = Object.entries(health.document(true).checks ?? {});
    const time = new Date(1_800_000_000_000).toISOString();
    const common = { componentType: 'datastore', observedUnit: 'ms', status: 'pass', time };
    expect(first).toEqual(['database:responseTime', [{ ...common, observedValue: 0 }]]);
    expect(second?.[1][0]?.time).toBe(new Date(1_800_000_001_000).toISOString());
  });
});

describe.each(['/metrics', '/status'])('%s', (path) => {
  it.each(allowed)('is shown for %s', async (_, authorization) => {
    const { read } = await serveHealth({ token });
    const { status, body, headers } = await read(`${path}?a=1`, authorization);
    expect([status, headers['cache-control'], headers['x-content-type-options']]).toEqual([200, 'no-store', 'nosniff']);
    expect(body).toContain('1.2.3');
  });

  it.each(refused)('is not shown for %s, and a browser asks', async (_, authorization) => {
    const { read } = await serveHealth({ token });
    const { status, body, headers } = await read(path, authorization);
    expect([status, body, headers['cache-control']]).toEqual([401, 'Not authorized.\n', 'no-store']);
    expect(headers['www-authenticate']).toBe('Basic realm="health", charset="UTF-8", Bearer realm="health"');
  });

  it('tells nobody whether a token is configured', async () => {
    const [withToken, without] = [await serveHealth({ token }), await serveHealth()];
    for (const [, authorization] of refused) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, to compare like with like
      const [one, other] = [await withToken.read(path, authorization), await without.read(path, authorization)];
      expect({ ...one, headers: { ...one.headers, date: '' } }).toEqual({
        ...other,
        headers: { ...other.headers, date: '' },
      });
    }
  });

  it('is shown to nobody without a configured token', async () => {
    const { read } = await serveHealth();
    const tries = ['Bearer undefined', 'Bearer null', basic('a:undefined'), basic('a:'), `Bearer ${token}`];
    const answers = await Promise.all(tries.map((authorization) => read(path, authorization)));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
  });

  it('answers HEAD with the headers of GET, and 405 to what writes, before it asks for a token', async () => {
    const { served, read } = await serveHealth({ token });
    const get = await read(path, `Bearer ${token}`);
    const ask = (method: string, extra: string) =>
      served.raw(`${method} ${path} HTTP/1.1\r\nhost: a\r\n${extra}connection: close\r\n\r\n`);
    const head = await ask('HEAD', `authorization: Bearer ${token}\r\n`);
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n$/);
    expect(head.toLowerCase()).toContain(`content-type: ${get.headers['content-type'] ?? ''}`);
    expect(await ask('POST', '')).toMatch(/^HTTP\/1\.1 405 [^]*allow: GET, HEAD/);
    expect(await ask('HEAD', '')).toMatch(/^HTTP\/1\.1 401 [^]*\r\n\r\n$/);
  });
});

/** What a driver puts into its errors. */
const marker = 'postgres://orders:s3cr3t-marker@db.internal.example:5432/orders';

describe('a secret in the error of a check', () => {
  const fail = (how: 'throws' | 'rejects' | 'hangs') => (signal: AbortSignal) => {
    const error = Object.assign(new Error(`connect ECONNREFUSED ${marker}`), { code: marker, cause: marker });
    if (how === 'throws') throw error;
    if (how === 'rejects') return Promise.reject(error);
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(error)));
  };

  it('reaches no body and no header, with the token and without', async () => {
    const clock = createHandClock();
    const seen: unknown[] = [];
    const { health, read } = await serveHealth({
      token,
      now: clock.now,
      schedule: clock.schedule,
      checks: {
        first: { run: fail('throws'), gates: 'ready' },
        second: { run: fail('rejects') },
        third: { run: fail('hangs'), gates: 'startup' },
      },
      onCheckFailed: ({ error }) => seen.push(String(error)),
    });
    const management = await startManagementServer(health, { port: 0 });
    onTestFinished(() => void management.close());
    const address = management.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await clock.advance(20_000);
    expect(seen.join()).toContain(marker);

    const answers = await Promise.all(
      endpointPaths.flatMap((path) => [
        read(path),
        read(path, `Bearer ${token}`),
        read(path, `Bearer ${marker}`),
        (async () => {
          const response = await fetch(`http://127.0.0.1:${port}${path}`);
          return { status: 0, body: await response.text(), headers: Object.fromEntries(response.headers) };
        })(),
      ]),
    );
    expect(answers).toHaveLength(endpointPaths.length * 4);
    expect(JSON.stringify(answers)).not.toMatch(/s3cr3t-marker|db\.internal|ECONNREFUSED/);
    expect(JSON.stringify(answers)).toContain('The check third does not pass');
    expect(JSON.stringify(health.snapshot())).not.toMatch(/s3cr3t-marker|db\.internal|ECONNREFUSED/);
  });
});
