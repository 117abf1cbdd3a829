import { once } from 'node:events';
import { connect, createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHealth } from '../create-health.ts';
import type { Health } from '../health.ts';
import { serve } from '../testing/serve.ts';

const create = (): Health => createHealth({ serviceId: 'orders', releaseId: '1' });
const requests = (health: Health) => health.snapshot().window.total.requests;

describe('what ends a request', () => {
  it('that the server breaks off with an error is an error, whatever it had begun to answer', async () => {
    const health = create();
    const broken = async function* () {
      yield 'half';
      await nextTurn();
      throw new Error('upstream is gone');
    };
    const { get } = await serve(
      health.wrap((_request, response) => void pipeline(Readable.from(broken()), response).catch(() => {})),
    );
    await expect((await get('/')).text()).rejects.toThrow('terminated');
    expect(health.snapshot().window.total).toMatchObject({ requests: 1, errors: 1 });
    expect(health.snapshot().sinceStart).toMatchObject([{ status: 500, count: 1 }]);
  });

  it('is told apart over HTTP/2 too', async () => {
    const health = create();
    const asked = Promise.withResolvers<void>();
    const listener = health.wrap((request, response) => {
      if (request.url === '/hangs') asked.resolve();
      else response.end('ok');
    });
    const server = createServer(listener as unknown as Parameters<typeof createServer>[1] & object);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const client = connect(`http://127.0.0.1:${port}`);
    onTestFinished(async () => {
      const closed = once(server, 'close');
      client.destroy();
      server.close();
      await closed;
    });
    const ask = (path: string) =>
      client
        .request({ ':path': path })
        .on('error', () => {})
        .resume();
    await once(ask('/'), 'close');
    const hanging = ask('/hangs');
    await asked.promise;
    hanging.close(8);
    await expect.poll(() => requests(health)).toBe(2);
    expect(health.snapshot().sinceStart.map(({ status }) => status)).toEqual([200, 499]);
  });
});
