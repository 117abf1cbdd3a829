import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';

import { describe, expect, it, vi } from 'vitest';

import { gracefulShutdown, type GracefulShutdownOptions } from './graceful-shutdown.ts';

const health = { drain: () => undefined };
const right = { health, drainTimeoutMs: 0, signals: [] };

describe('gracefulShutdown', () => {
  it.each([
    [undefined, 'options'],
    [5, 'options'],
    [{ drainTimeoutMs: 0 }, 'health'],
    [{ ...right, health: {} }, 'health'],
    [{ health }, 'drainTimeoutMs'],
    [{ ...right, drainTimeoutMs: '5' }, 'drainTimeoutMs'],
    [{ ...right, drainTimeoutMs: -1 }, 'drainTimeoutMs'],
    [{ ...right, drainTimeoutMs: Number.NaN }, 'drainTimeoutMs'],
    [{ ...right, drainTimeoutMs: 86_400_001 }, 'drainTimeoutMs'],
    [{ ...right, graceTimeoutMs: Number.POSITIVE_INFINITY }, 'graceTimeoutMs'],
    [{ ...right, graceTimeoutMs: null }, 'graceTimeoutMs'],
    [{ ...right, signals: 'SIGTERM' }, 'signals'],
    [{ ...right, signals: ['SIGNONE'] }, 'signals'],
    [{ ...right, signals: ['toString'] }, 'signals'],
    [{ ...right, signals: ['SIGKILL'] }, 'signals'],
    [{ ...right, beforeClose: 5 }, 'beforeClose'],
    [{ ...right, afterClose: {} }, 'afterClose'],
    [{ ...right, onProblem: 'log' }, 'onProblem'],
    [{ ...right, exit: 1 }, 'exit'],
  ])('refuses %j for its %s, and listens to nothing', (options, name) => {
    const before = process.listenerCount('SIGTERM');
    const start = () => gracefulShutdown(createServer(), options as unknown as GracefulShutdownOptions);
    expect(start).toThrow(expect.objectContaining({ name: 'ShutdownError', code: 'SHUTDOWN_OPTIONS_INVALID' }));
    expect(start).toThrow(new RegExp(`got +${name}: `));
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });

  it.each([undefined, {}, 'server', createSecureServer()])('refuses what is no server of HTTP/1: case %#', (server) => {
    expect(() => gracefulShutdown(server as never, right)).toThrow(/got +server: /);
  });

  it('explains what is wrong', () => {
    const options = { ...right, drainTimeoutMs: -1 };
    expect(() => gracefulShutdown(createServer(), options)).toThrowErrorMatchingInlineSnapshot(`
      [ShutdownError: the options of gracefulShutdown are wrong. No signal is listened to.
         code      SHUTDOWN_OPTIONS_INVALID
         got       drainTimeoutMs: -1 (number)
         expected  a number of milliseconds from 0 to 86400000
         fix       pass such a value as drainTimeoutMs
         retry     no: the same value fails again
         owner     the code that calls gracefulShutdown]
    `);
  });
});

describe('without a signal', () => {
  it('stop() does the same, and the listeners for signals are gone afterwards', async () => {
    const before = process.listenerCount('SIGUSR2');
    const [drain, afterClose, exit] = [vi.fn<() => void>(), vi.fn<() => void>(), vi.fn<(code: number) => void>()];
    const { stop } = gracefulShutdown(createServer(), {
      health: { drain },
      drainTimeoutMs: 0,
      signals: ['SIGUSR2'],
      afterClose,
      exit,
    });
    expect(process.listenerCount('SIGUSR2')).toBe(before + 1);
    stop();
    expect(drain).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(exit).toHaveBeenCalledExactlyOnceWith(0));
    expect(afterClose).toHaveBeenCalledOnce();
    expect(process.listenerCount('SIGUSR2')).toBe(before);
  });

  it('a drain() and an onProblem that fail stop nothing', async () => {
    const exit = vi.fn<(code: number) => void>();
    const fail = () => {
      throw new Error('no');
    };
    gracefulShutdown(createServer(), { ...right, health: { drain: fail }, onProblem: fail, exit }).stop();
    await vi.waitFor(() => expect(exit).toHaveBeenCalledExactlyOnceWith(1));
  });
});
