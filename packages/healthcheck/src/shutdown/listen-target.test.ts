// A listening socket that another program holds and passes on: how it is found, and that restarts lose nothing.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { describePython, holdSocket } from '../testing/held-socket.ts';
import { keepAlive, nextSignal, send } from '../testing/stopping-process.ts';
import { listenTarget } from './listen-target.ts';

const pid = String(process.pid);

describe('without a socket for this process', () => {
  it.each([
    ['nothing', {}],
    ['variables of a parent', { LISTEN_PID: '1', LISTEN_FDS: '1' }],
    ['no process id', { LISTEN_FDS: '1' }],
    ['another writing of the process id', { LISTEN_PID: ` ${pid}`, LISTEN_FDS: '1' }],
  ])('%s: undefined, and the variables stay', (_what, env) => {
    const before = { ...env };
    expect(listenTarget(env)).toBeUndefined();
    expect(env).toEqual(before);
  });
});

describe('a socket that cannot be used', () => {
  it.each([undefined, '', '0', '2', '-1', '1.5', 'three', ' 1'])('LISTEN_FDS=%s is refused', (count) => {
    const env: NodeJS.ProcessEnv = { LISTEN_PID: pid, LISTEN_FDS: count, LISTEN_FDNAMES: 'a', OTHER: 'b' };
    const refused = { name: 'HealthError', code: 'LISTEN_FDS_INVALID', retryable: false };
    expect(() => listenTarget(env)).toThrow(expect.objectContaining(refused));
    expect(env).toEqual({ OTHER: 'b' });
  });

  it.each([['ignore'], [undefined]])('descriptor 3 that is no socket is refused: %s', (third) => {
    const module = path.join(import.meta.dirname, 'listen-target.ts');
    const code = `import { listenTarget } from ${JSON.stringify(module)};
      listenTarget({ LISTEN_PID: String(process.pid), LISTEN_FDS: '1' });`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'pipe', ...(third === undefined ? [] : [third as 'ignore'])],
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/descriptor 3  LISTEN_FDS_INVALID\n +got +no socket\n/);
  });
});

describePython('a socket of another program', { timeout: 120_000 }, () => {
  const frameworks = ['node', 'express', 'fastify'] as const;

  it.each(frameworks)(
    'is listened to with TCP_NODELAY on what it accepts, and no child gets it: %s',
    async (framework) => {
      const held = await holdSocket({ framework, drainTimeoutMs: 0 });
      await held.start();
      expect((await send(held.port, '/no-delay')).body).toMatch(/^1ok/);
      expect((await send(held.port, '/child')).body).toMatch(/^None Falseok/);
    },
  );

  it('has no TCP_NODELAY where the server was created without it', async () => {
    const held = await holdSocket({ noDelay: false, drainTimeoutMs: 0 });
    await held.start();
    expect((await send(held.port, '/no-delay')).body).toMatch(/^0ok/);
  });

  /** Clients with no idea that anything restarts: half of them keep their connection, half open one for each request. */
  function startLoad(port: number) {
    const lost: unknown[] = [];
    const answered = [0, 0, 0, 0];
    const over = new AbortController();
    const clients = answered.map(async (_count, index) => {
      const agent = index % 2 === 0 ? keepAlive() : undefined;
      while (!over.signal.aborted) {
        try {
          const { status } = await send(port, Math.random() < 0.2 ? '/slow' : '/', agent);
          if (status !== 200) lost.push(status);
        } catch (error) {
          lost.push(error);
        }
        answered[index] = (answered[index] ?? 0) + 1;
        await delay(Math.random() * 10);
      }
    });
    /** Until each client has had so many more answers. */
    const more = async (count: number) => {
      const goal = answered.map((before) => before + count);
      while (answered.some((now, index) => now < (goal[index] ?? 0))) await delay(5);
    };
    const end = async () => {
      over.abort();
      await Promise.all(clients);
      return lost;
    };
    return { more, end };
  }

  it('is passed from one service to the next under load, both at once, and nothing is lost', async () => {
    const held = await holdSocket({ drainTimeoutMs: 600_000 });
    let running = await held.start();
    const load = startLoad(held.port);
    for (let round = 0; round < 3; round += 1) {
      await load.more(3);
      const next = await held.start();
      process.kill(running);
      // Two answers later each client has been told that its connection ends.
      await load.more(2);
      await nextSignal();
      process.kill(running);
      await held.until('exited 0');
      running = next;
    }
    expect(await load.end()).toEqual([]);
  });

  it('keeps what arrives while nobody listens, and nothing is lost', async () => {
    const held = await holdSocket({ drainTimeoutMs: 600_000 });
    let running = await held.start();
    const load = startLoad(held.port);
    for (let round = 0; round < 2; round += 1) {
      await load.more(2);
      process.kill(running);
      await load.more(2);
      await nextSignal();
      process.kill(running);
      await held.until('exited 0');
      running = await held.start();
    }
    expect(await load.end()).toEqual([]);
  });
});
