import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';

import { describe, expect, it, vi } from 'vitest';

import type { HealthError } from '../errors/health-error.ts';
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
    expect(start).toThrow(expect.objectContaining({ name: 'HealthError', code: 'SHUTDOWN_OPTIONS_INVALID' }));
    expect(start).toThrow(`1. ${name}  SHUTDOWN_OPTIONS_INVALID\n`);
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });

  it.each([undefined, {}, 'server', createSecureServer()])('refuses what is no server of HTTP/1: case %#', (server) => {
    expect(() => gracefulShutdown(server as never, right)).toThrow('1. server  SHUTDOWN_OPTIONS_INVALID\n');
  });

  it('explains everything that is wrong at once', () => {
    const options = { ...right, drainTimeoutMs: -1, signals: ['SIGKILL' as const] };
    expect(() => gracefulShutdown(createServer(), options)).toThrowErrorMatchingInlineSnapshot(`
      [HealthError: 2 problems: the options of gracefulShutdown are wrong. No signal is listened to.

      1. drainTimeoutMs  SHUTDOWN_OPTIONS_INVALID
         got       -1 (number)
         expected  a number of milliseconds from 0 to 86400000
         fix       pass such a value as drainTimeoutMs
         retry     no: the same value fails again
         owner     the code that calls gracefulShutdown

      2. signals  SHUTDOWN_OPTIONS_INVALID
         got       a value (array)
         expected  an array of names such as SIGTERM
         fix       pass such a value as signals
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

  it('what a step throws is in the cause and not in the message', async () => {
    const onProblem = vi.fn<(problem: HealthError) => void>();
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- a driver may reject with a text
    const afterClose = () => Promise.reject('postgresql://someone:a-secret@database');
    gracefulShutdown(createServer(), { ...right, afterClose, onProblem, exit: () => undefined }).stop();
    await vi.waitFor(() => expect(onProblem).toHaveBeenCalledOnce());
    const [problem] = onProblem.mock.calls[0] ?? [];
    expect(problem).toMatchObject({
      code: 'SHUTDOWN_HOOK_FAILED',
      cause: expect.stringContaining('a-secret') as string,
    });
    expect(problem?.message).not.toContain('a-secret');
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
