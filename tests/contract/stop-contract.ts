import { connect } from 'node:net';

import { expect, it } from 'vitest';

import { ask, askInPieces } from './http-client.ts';
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

  it('finishes a request that is half sent when the signal comes', async () => {
    const service = await startService(directory);
    const head = `POST /orders HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    let stopped: Promise<number | null> | undefined;
    const answer = await askInPieces(
      service.port,
      head + body.slice(0, 10),
      () => {
        stopped = service.stop();
        return new Promise((resolve) => setTimeout(resolve, 300));
      },
      body.slice(10),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 201 /);
    expect(await stopped).toBe(0);
  });
}
