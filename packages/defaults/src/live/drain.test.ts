// How a process with these settings stops: what is in flight is finished, what is idle is closed, and what never ends is
// cut off when the time to drain is over. Seen on real processes that get a real SIGTERM.
import { describe, expect, it } from 'vitest';

import { connectRaw } from '../testing/raw-connection.ts';
import { runHttpService } from '../testing/run-http-service.ts';

const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: orders\r\n\r\n`;
const local = { HTTP_HOST: '127.0.0.1', HTTP_PORT: '0' };

describe.each(['node', 'fastify'] as const)('on %s', { timeout: 60_000 }, (framework) => {
  it('a request in flight is finished, an idle connection closed, and the exit is clean', async () => {
    const service = await runHttpService({ ...local, HTTP_DRAIN_TIMEOUT: '5m' }, framework);
    const [idle, busy] = [await connectRaw(service.address.port), await connectRaw(service.address.port)];
    idle.send(get('/'));
    await idle.until('ok');
    busy.send(get('/slow'));
    // The connection is open; what is on its way has arrived once a later request has been answered.
    idle.send(get('/'));
    await expect.poll(() => idle.received().match(/ok/g)?.length).toBe(2);
    service.terminate();
    expect(await service.exited).toBe(0);
    expect(busy.received()).toContain('ok');
    await idle.ended;
  });

  it('a request that never ends is cut off when the time is over, and the exit code says so', async () => {
    const service = await runHttpService({ ...local, HTTP_DRAIN_TIMEOUT: '1s' }, framework);
    const [first, stuck] = [await connectRaw(service.address.port), await connectRaw(service.address.port)];
    stuck.send(get('/never'));
    first.send(get('/'));
    await first.until('ok');
    service.terminate();
    expect(await service.exited).toBe(1);
    await stuck.ended;
    expect(stuck.received()).toBe('');
  });
});
