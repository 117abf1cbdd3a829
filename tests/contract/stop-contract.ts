import { connect } from 'node:net';

import { expect, it } from 'vitest';

import { ask, askInPieces } from './http-client.ts';
import { productionHost } from './production-host.ts';
import { startService } from './running-service.ts';

const body = JSON.stringify({ orderNumber: 'A-1001', sku: 'S', quantity: 1 });

export function stopContract(directory: string): void {
  it('says on its first line where it listens', async () => {
    const service = await startService(directory);
    expect(service.lines[0]).toMatchObject({
      level: 'info',
      message: 'listening',
      release: 'v1.2.3',
      environment: 'test',
      host: '127.0.0.1',
      port: service.port,
      pid: expect.any(Number) as number,
    });
    expect(await service.stop()).toBe(0);
  });

  it('exits 0 on SIGTERM with an idle connection open, and says so', async () => {
    const service = await startService(directory);
    const idle = connect(service.port, '127.0.0.1').on('error', () => undefined);
    await ask(`${service.address}/orders`);
    expect(await service.stop()).toBe(0);
    idle.destroy();
    expect(service.lines.slice(-2)).toMatchObject([{ message: 'stopping', signal: 'SIGTERM' }, { message: 'stopped' }]);
  });

  // npm passes the signal on to a service that has got it already: that must not count as a second one, which hurries.
  it.each([
    ['the signal comes', undefined],
    ['every process of the service gets it', 'everyone'],
  ] as const)('finishes a request that is half sent when %s', async (_what, everyone) => {
    const service = await startService(directory);
    const head = `POST /orders HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    let stopped: Promise<number | null> | undefined;
    const answer = await askInPieces(
      service.port,
      head + body.slice(0, 10),
      () => {
        stopped = service.stop(everyone);
        return new Promise((resolve) => setTimeout(resolve, 300));
      },
      body.slice(10),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 201 /);
    expect(await stopped).toBe(0);
  });

  it('cuts off what takes longer than HTTP_DRAIN_TIMEOUT, says so and exits 1', async () => {
    const service = await startService(directory, { HTTP_DRAIN_TIMEOUT: '1s' });
    const stalled = connect(service.port, '127.0.0.1').on('error', () => undefined);
    stalled.write('POST /orders HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{');
    // An answer on another connection: the stalled request was read before it.
    await ask(`${service.address}/orders`);
    expect(await service.stop()).toBe(1);
    stalled.destroy();
    expect(service.lines.at(-1)).toMatchObject({ message: 'stopped' });
    expect(service.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'requests were cut off' }) as unknown,
    );
  });

  it('ends all the same when it is told twice, as timeout and npm do at Ctrl-C', async () => {
    const host = productionHost(directory, { HTTP_DRAIN_TIMEOUT: '1s' });
    const service = await host.migrateAndStart();
    const stalled = connect(Number(new URL(service.address).port), '127.0.0.1').on('error', () => undefined);
    stalled.write('POST /orders HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{');
    await ask(`${service.address}/orders`);
    void service.stop('SIGINT');
    await expect.poll(() => service.lines.at(-1), { interval: 5 }).toMatchObject({ message: 'stopping' });
    expect(await service.stop('SIGINT')).toBe(1);
    stalled.destroy();
  });

  it.each([
    ['/readyz', 503, 'fail'],
    ['/livez', 200, 'pass'],
    ['/orders', 200, undefined],
  ])('answers %s with %i on a connection that is still open while it drains', async (path, status, word) => {
    const service = await startService(directory);
    const first = `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`;
    const second = `GET ${path} HTTP/1.1\r\n`;
    let stopped: Promise<number | null> | undefined;
    const received = await askInPieces(
      service.port,
      first + second,
      async () => {
        stopped = service.stop();
        await expect.poll(() => service.lines.at(-1), { interval: 5 }).toMatchObject({ message: 'stopping' });
      },
      'host: x\r\n\r\n',
    );
    const [before, draining] = received.split(/(?=HTTP\/1\.1)/);
    expect(before).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(draining).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(draining).toContain(word === undefined ? '"orders":[]' : `{"status":"${word}"}`);
    expect(draining).toMatch(/^connection: close$/im);
    expect(await stopped).toBe(0);
  });
}
