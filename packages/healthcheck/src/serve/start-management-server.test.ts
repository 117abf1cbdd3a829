import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHealth } from '../create-health.ts';
import type { HealthOptions } from '../health-options.ts';
import { endpointPaths } from './create-endpoints.ts';
import { type ManagementServerOptions, startManagementServer } from './start-management-server.ts';

async function start(options: Partial<HealthOptions> = {}, where: Partial<ManagementServerOptions> = {}) {
  const health = createHealth({ serviceId: 'orders', releaseId: '1.2.3', ...options });
  const server = await startManagementServer(health, { port: 0, ...where });
  onTestFinished(async () => {
    health.close();
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  const address = server.address() as AddressInfo;
  const get = (target: string, init?: RequestInit) => fetch(`http://127.0.0.1:${address.port}${target}`, init);
  return { health, server, address, get };
}

describe('the management server', () => {
  it('listens on 127.0.0.1 unless told otherwise', async () => {
    expect((await start()).address.address).toBe('127.0.0.1');
    expect((await start({}, { host: '0.0.0.0' })).address.address).toBe('0.0.0.0');
  });

  it.each([undefined, 'a-token-of-16-or-more'])('serves everything without a token, token %j', async (token) => {
    const { get } = await start({ ...(token === undefined ? {} : { token }), prefix: '/-', checks: {} });
    const answers = await Promise.all(endpointPaths.map((each) => get(`${each}?a=1`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    const document = (await (await get('/healthz')).json()) as Record<string, unknown>;
    expect(Object.keys(document)).toContain('checks');
  });

  it('names what is served where it does not know the path', async () => {
    const { get } = await start();
    const answer = await get('/');
    expect([answer.status, await answer.text()]).toEqual([
      404,
      'Not found. Served here: /livez /readyz /startupz /healthz /metrics /status\n',
    ]);
  });

  it('refuses to write and leaves the probes of a draining service answered', async () => {
    const { health, get } = await start();
    health.drain();
    const answers = [await get('/livez'), await get('/readyz'), await get('/status', { method: 'POST', body: 'a=1' })];
    expect(answers.map(({ status }) => status)).toEqual([200, 503, 405]);
    expect(await (await get('/status')).text()).toContain('Draining');
  });

  it('rejects where the port is taken', async () => {
    const other = createServer();
    await once(other.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const refused: unknown = await start({}, { port }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'MANAGEMENT_CANNOT_LISTEN', retryable: true, cause: { code: 'EADDRINUSE' } });
    expect(String(refused)).toBe(
      [
        'HealthError: the management server cannot listen. Nothing listens; the service itself goes on.',
        '',
        `1. port ${port} of "127.0.0.1"  MANAGEMENT_CANNOT_LISTEN`,
        '   got       EADDRINUSE',
        '   expected  an address of this machine and a free port',
        '   fix       stop what has the port, or choose another host or port',
        '   retry     yes: when the port is free',
        '   owner     whoever runs the service',
      ].join('\n'),
    );
  });

  it.each([
    [{ port: -1 }, 'port', '-1 (number)', 'a whole number from 0 to 65535'],
    [{ port: 65_536 }, 'port', '65536 (number)', 'a whole number from 0 to 65535'],
    [{ port: 9464.5 }, 'port', '9464.5 (number)', 'a whole number from 0 to 65535'],
    [{ port: Number.NaN }, 'port', 'NaN (number)', 'a whole number from 0 to 65535'],
    [{ port: '9464' }, 'port', '"9464" (string)', 'a whole number from 0 to 65535'],
    [{ port: [9464] }, 'port', 'a value (array)', 'a whole number from 0 to 65535'],
    [{}, 'port', 'undefined', 'a whole number from 0 to 65535'],
    [undefined, 'port', 'undefined', 'a whole number from 0 to 65535'],
    [{ port: 0, host: '' }, 'host', '"" (string)', 'an address that is not empty'],
    [{ port: 0, host: 1 }, 'host', '1 (number)', 'an address that is not empty'],
    [{ port: 0, host: null }, 'host', 'null', 'an address that is not empty'],
  ])('refuses the options %j', async (options, name, got, expected) => {
    const health = createHealth({ serviceId: 'orders', releaseId: '1.2.3' });
    const refused: unknown = await startManagementServer(health, options as ManagementServerOptions).catch(
      (error: unknown) => error,
    );
    const problems = [{ name, got, expected, retryable: false }];
    expect(refused).toMatchObject({ code: 'MANAGEMENT_OPTIONS_INVALID', retryable: false, problems });
    health.close();
  });

  it('names everything that is wrong at once', async () => {
    const refused: unknown = await startManagementServer({} as never, { port: -1, host: ' ' }).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ problems: ['health', 'port', 'host'].map((name) => ({ name })) });
  });

  it.each([undefined, null, {}, { ready: true }])('refuses %j as health', async (health) => {
    await expect(startManagementServer(health as never, { port: 0 })).rejects.toThrow(
      'expected  the object that createHealth returned',
    );
  });

  it(
    'does not keep the process alive, not even with a connection that a scraper keeps open',
    { timeout: 30_000 },
    async () => {
      const code = `
      import { createHealth } from './create-health.ts';
      import { startManagementServer } from './serve/start-management-server.ts';
      const health = createHealth({ serviceId: 'orders', releaseId: '1.2.3' });
      const server = await startManagementServer(health, { port: 0 });
      const socket = (await import('node:net')).connect(server.address().port, '127.0.0.1');
      socket.write('GET /livez HTTP/1.1\\r\\nhost: a\\r\\n\\r\\n');
      socket.once('data', () => { process.stdout.write('answered'); socket.unref(); });
    `;
      const cwd = path.resolve(import.meta.dirname, '..');
      const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', code], { cwd });
      const [output, errors, [status]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'exit') as Promise<[number | null]>,
      ]);
      expect([status, output], errors).toEqual([0, 'answered']);
    },
  );
});
