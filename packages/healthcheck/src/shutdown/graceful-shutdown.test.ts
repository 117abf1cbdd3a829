// How a process stops, seen on real processes that get real signals.
import { describe, expect, it } from 'vitest';

import { keepAlive, nextSignal, rawConnection, send, startStopping } from '../testing/stopping-process.ts';

const patience = { timeout: 20_000, interval: 20 };
const long = 600_000;

describe.each(['node', 'express', 'fastify'] as const)('on %s', { timeout: 60_000 }, (framework) => {
  it('answers 503 on /readyz at once, 200 on /livez, and everything else with Connection: close', async () => {
    const service = await startStopping({ framework, drainTimeoutMs: long });
    const [before, other] = [keepAlive(), keepAlive()];
    expect(await send(service.port, '/', before)).toMatchObject({ status: 200, closes: false });
    await send(service.port, '/', other);
    service.signal();
    await expect.poll(async () => (await send(service.port, '/readyz')).status, patience).toBe(503);
    expect(await send(service.port, '/livez')).toMatchObject({ status: 200, closes: true });
    expect(await send(service.port, '/', before)).toMatchObject({ status: 200, closes: true });
    expect(await send(service.port, '/new')).toMatchObject({ status: 200, closes: true });
    await nextSignal();
    service.signal();
    expect(await service.exited).toBe(0);
    expect(service.lines).toEqual(['closed']);
    expect(await service.errors).toBe('');
  });

  it('answers what was in flight, also when the answer had begun, and then ends', async () => {
    const service = await startStopping({ framework, drainTimeoutMs: 0, graceTimeoutMs: long });
    const agents = [keepAlive(), keepAlive(), keepAlive()];
    for (const agent of agents) await send(service.port, '/', agent);
    const answers = ['/slow', '/long-stream', '/slow'].map((url, index) => send(service.port, url, agents[index]));
    // It has arrived when a later request has been answered.
    await send(service.port, '/');
    service.signal();
    expect(await Promise.all(answers)).toMatchObject([
      { status: 200, closes: true },
      { status: 200, body: expect.stringContaining('ok') as string },
      { status: 200, closes: true },
    ]);
    expect(await service.exited).toBe(0);
  });

  it('cuts off what never ends when the grace time is over, exits 1 and says so once', async () => {
    const service = await startStopping({ framework, drainTimeoutMs: 0, graceTimeoutMs: 200 });
    const stuck = await rawConnection(service.port, 'GET /never HTTP/1.1\r\nhost: a\r\n\r\n');
    await send(service.port, '/');
    service.signal('SIGINT');
    expect(await service.exited).toBe(1);
    expect(await stuck.ended).toBe('');
    const errors = await service.errors;
    expect(errors.match(/SHUTDOWN_/g)).toHaveLength(1);
    expect(errors).toMatch(/got +requests in flight: 1 \(the oldest for \d+ ms, 0 with half a body\); graceTimeoutMs/);
  });
});

describe('connections', { timeout: 60_000 }, () => {
  it('that are idle, never sent anything or half a request are closed and make no failure', async () => {
    const service = await startStopping({ drainTimeoutMs: 0, graceTimeoutMs: long });
    const idle = keepAlive();
    await send(service.port, '/', idle);
    const silent = await rawConnection(service.port);
    const half = await rawConnection(service.port, 'GET / HTTP/1.1\r\nhost:');
    await send(service.port, '/');
    service.signal();
    expect(await service.exited).toBe(0);
    expect([await silent.ended, await half.ended]).toEqual(['', '']);
    expect(await service.errors).toBe('');
  });

  it('stay open while the server drains: somebody may be about to use them', async () => {
    const service = await startStopping({ drainTimeoutMs: long });
    const silent = await rawConnection(service.port);
    const idle = keepAlive();
    await send(service.port, '/', idle);
    service.signal();
    await expect.poll(async () => (await send(service.port, '/readyz')).status, patience).toBe(503);
    silent.socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
    expect(await silent.ended).toMatch(/^HTTP\/1\.1 200 OK\r\nconnection: close/i);
    expect(await send(service.port, '/', idle)).toMatchObject({ status: 200 });
    await nextSignal();
    service.signal();
    expect(await service.exited).toBe(0);
  });

  it('with half a body hold the process until the grace time is over, and are named', async () => {
    const service = await startStopping({ drainTimeoutMs: 0, graceTimeoutMs: 300 });
    await rawConnection(service.port, 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nhalf');
    await send(service.port, '/');
    service.signal();
    expect(await service.exited).toBe(1);
    expect(await service.errors).toContain('1 with half a body');
  });

  it('that hung up are not waited for', async () => {
    const service = await startStopping({ drainTimeoutMs: 0, graceTimeoutMs: long });
    const gone = await rawConnection(service.port, 'GET /never HTTP/1.1\r\nhost: a\r\n\r\n');
    await send(service.port, '/');
    gone.socket.destroy();
    service.signal();
    expect(await service.exited).toBe(0);
  });
});

describe('upgraded connections', { timeout: 60_000 }, () => {
  const upgrade = 'GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n';

  it('are in flight until somebody ends them', async () => {
    const service = await startStopping({ drainTimeoutMs: 0, graceTimeoutMs: long, upgrades: 'ended' });
    const upgraded = await rawConnection(service.port, upgrade);
    await send(service.port, '/');
    service.signal();
    expect(await service.exited).toBe(0);
    expect(await upgraded.ended).toContain('101');
  });

  it('that nobody ends are cut off when the grace time is over', async () => {
    const service = await startStopping({ drainTimeoutMs: 0, graceTimeoutMs: 2000, upgrades: 'kept' });
    await rawConnection(service.port, upgrade);
    await send(service.port, '/');
    service.signal();
    expect(await service.exited).toBe(1);
    expect(await service.errors).toContain('upgraded connections: 1;');
  });
});

describe('signals', { timeout: 60_000 }, () => {
  it('a second one ends the drain time, a third one the grace time', async () => {
    const service = await startStopping({ drainTimeoutMs: long, graceTimeoutMs: long });
    await rawConnection(service.port, 'GET /never HTTP/1.1\r\nhost: a\r\n\r\n');
    await send(service.port, '/');
    service.signal();
    await expect.poll(async () => (await send(service.port, '/readyz')).status, patience).toBe(503);
    await nextSignal();
    service.signal('SIGINT');
    await expect
      .poll(
        () =>
          send(service.port, '/').then(
            () => 'open',
            () => 'closed',
          ),
        patience,
      )
      .toBe('closed');
    await nextSignal();
    service.signal();
    expect(await service.exited).toBe(1);
    expect(await service.errors).toContain('a second signal asked to hurry');
  });

  it('one that npm passes on as well is the same one', async () => {
    const service = await startStopping({ drainTimeoutMs: 0, graceTimeoutMs: long });
    const { ended } = await rawConnection(service.port, 'GET /slow HTTP/1.1\r\nhost: a\r\n\r\n');
    await send(service.port, '/');
    service.signal();
    service.signal('SIGINT');
    expect(await ended).toContain('HTTP/1.1 200 OK');
    expect(await service.exited).toBe(0);
  });

  it('the drain time ends by itself', async () => {
    const service = await startStopping({ drainTimeoutMs: 300 });
    service.signal();
    expect(await service.exited).toBe(0);
  });
});

describe('hooks', { timeout: 60_000 }, () => {
  it('that fail are said without what they said, and the exit code is 1', async () => {
    const service = await startStopping({ drainTimeoutMs: 0, beforeClose: 'fails', afterClose: 'fails' });
    service.signal();
    expect(await service.exited).toBe(1);
    const errors = await service.errors;
    expect(errors).toMatch(
      /beforeClose  SHUTDOWN_HOOK_FAILED\n +got +it failed: Error\n[^]*afterClose  SHUTDOWN_HOOK_FAILED/,
    );
    expect(errors).not.toContain('a-secret');
  });

  it.each([
    [{ beforeClose: 'hangs' }, 'beforeClose has not ended'],
    [{ afterClose: 'hangs' }, 'afterClose has not ended'],
  ])('that hang are cut off: %j', async (hooks, reason) => {
    const service = await startStopping({ drainTimeoutMs: 0, graceTimeoutMs: 200, ...hooks });
    service.signal();
    expect(await service.exited).toBe(1);
    expect(await service.errors).toContain(reason);
  });

  it.each([{ beforeClose: 'hangs' }, {}])('afterClose still runs when something was cut off: %j', async (hooks) => {
    const service = await startStopping({ drainTimeoutMs: 0, graceTimeoutMs: 200, ...hooks });
    await rawConnection(service.port, 'GET /never HTTP/1.1\r\nhost: a\r\n\r\n');
    await send(service.port, '/');
    service.signal();
    expect(await service.exited).toBe(1);
    expect(service.lines).toEqual(['closed']);
  });
});
