import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';

import type { HealthError } from '../errors/health-error.ts';
import { cutOff, hookFailed } from '../errors/process-errors.ts';
import { Connections } from './connections.ts';
import { notify } from './notify-ready.ts';
import { readShutdownOptions } from './read-shutdown-options.ts';

/**
 * Options of `gracefulShutdown`.
 *
 * @example
 * ```ts
 * import type { GracefulShutdownOptions } from '@seaworthy/healthcheck';
 *
 * // Behind a balancer that asks /readyz every 5 s and gives an instance up after two failures.
 * const options: GracefulShutdownOptions = { health: { drain() {} }, drainTimeoutMs: 12_000, graceTimeoutMs: 30_000 };
 * if (options.drainTimeoutMs <= 2 * 5000) throw new Error('the listener closes before the balancer knows');
 * ```
 */
export interface GracefulShutdownOptions {
  /** Told at once: from then on `/readyz` answers 503. */
  readonly health: { drain(): void };
  /**
   * How long the server still accepts connections after that, so that the balancer sees the 503 first. 0 where something
   * else has waited before the signal, as a preStop hook does, or where the listening socket is passed on.
   */
  readonly drainTimeoutMs: number;
  /** How long what is in flight may take after that. The platform has to wait for both before SIGKILL. @default 30000 */
  readonly graceTimeoutMs?: number;
  /** @default ['SIGTERM', 'SIGINT'] */
  readonly signals?: readonly NodeJS.Signals[];
  /** Called when the listener closes: ends what a client would hold open, such as WebSockets. Part of the grace time. */
  readonly beforeClose?: () => unknown;
  /** Called after the last answer: closes what answers need, such as a pool. Part of the grace time. */
  readonly afterClose?: () => unknown;
  /** Called before the exit with each thing that went wrong. @default writes its message to the standard error output */
  readonly onProblem?: (problem: HealthError) => void;
  /** 0, or 1 when something was cut off or failed. @default process.exit */
  readonly exit?: (exitCode: 0 | 1) => void;
}

/**
 * What `gracefulShutdown` returns.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { gracefulShutdown, type GracefulShutdown } from '@seaworthy/healthcheck';
 *
 * const options = { health: { drain() {} }, drainTimeoutMs: 0, signals: [] };
 * const shutdown: GracefulShutdown = gracefulShutdown(createServer(), options);
 * shutdown.stop();
 * ```
 */
export interface GracefulShutdown {
  /** Does what a signal does; called again it hurries at once. */
  readonly stop: () => void;
}

/** A hook that writes the last log lines gets this long when the grace time is over already. */
const lastWordsMs = 1000;

/**
 * npm passes on a signal that its whole process group got already, as Ctrl-C sends it and systemd unless told otherwise:
 * within this time it is the same one.
 */
const sameSignalMs = 1000;

/**
 * Stops a server on a signal without losing a request, and ends the process.
 *
 * 1. At once: `health.drain()`, and every answer from now on carries `Connection: close`.
 * 2. When `drainTimeoutMs` is over: the listener and all idle connections are closed, and within a second those without
 *    a whole request.
 * 3. When everything in flight has been answered: `afterClose`, then `exit(0)`.
 * 4. When `graceTimeoutMs` is over before that: what is left is cut off, one error says what it was, and `exit(1)`.
 *
 * A second signal ends the drain time or, after it, the grace time; within a second of another it is taken for the same. Works with any server of node:http or node:https: that
 * of Express, and `app.server` of Fastify with `afterClose: () => app.close()`, where that listens on one address: on
 * `localhost` it opens a second server. Call it once, before the server listens.
 *
 * @throws {HealthError} `SHUTDOWN_OPTIONS_INVALID`, with every option at fault.
 * @example
 * ```ts
 * import { once } from 'node:events';
 * import { createServer } from 'node:http';
 * import type { AddressInfo } from 'node:net';
 * import { createHealth, gracefulShutdown } from '@seaworthy/healthcheck';
 *
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });
 * const server = createServer(health.wrap((_request, response) => response.end('hello')));
 * gracefulShutdown(server, { health, drainTimeoutMs: 500, afterClose: () => health.close() });
 * await once(server.listen(0, '127.0.0.1'), 'listening');
 * const { port } = server.address() as AddressInfo;
 *
 * process.kill(process.pid, 'SIGTERM');
 * await once(process, 'SIGTERM');
 * const [ready, live] = await Promise.all(['readyz', 'livez'].map((name) => fetch(`http://127.0.0.1:${port}/${name}`)));
 * if (ready?.status !== 503 || live?.status !== 200) throw new Error('not draining');
 * ```
 */
export function gracefulShutdown(server: HttpServer | HttpsServer, options: GracefulShutdownOptions): GracefulShutdown {
  const resolved = readShutdownOptions(server, options);
  const { health, drainTimeoutMs, graceTimeoutMs, signals, beforeClose, afterClose, onProblem, exit } = resolved;
  const connections = new Connections(server);
  const running: string[] = [];
  let exitCode: 0 | 1 = 0;
  let hurry: (() => void) | undefined;

  const say = (problem: HealthError): void => {
    exitCode = 1;
    // A log that fails must not keep the process from ending, nor end it earlier.
    try {
      Promise.resolve(onProblem(problem) as unknown).catch(() => {});
    } catch {
      // Nobody is left to tell.
    }
  };

  async function step(name: string, work: () => unknown): Promise<void> {
    running.push(name);
    try {
      await work();
    } catch (error) {
      say(hookFailed(name, error));
    }
    running.splice(running.indexOf(name), 1);
  }

  /** True when the time was over, false when a signal or a call of `stop` hurried. */
  function waited(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms, true);
      hurry = () => {
        clearTimeout(timer);
        resolve(false);
      };
    });
  }

  async function run(): Promise<void> {
    void step('health.drain', () => health.drain());
    connections.announceClose();
    void notify('STOPPING=1', process.env).catch(() => undefined);
    await waited(drainTimeoutMs);

    let closed: Promise<void> | undefined;
    const finish = (): Promise<void> => (closed ??= step('afterClose', afterClose));
    const overTime = waited(graceTimeoutMs);
    const done = Promise.all([step('beforeClose', beforeClose), connections.close()]).then(finish);
    const timeIsOver = await Promise.race([overTime, done.then(() => undefined)]);
    if (timeIsOver !== undefined) {
      const why = timeIsOver ? `graceTimeoutMs of ${graceTimeoutMs} ms is over` : 'a second signal asked to hurry';
      const unfinished = () => running.map((name) => `${name} has not ended`);
      const left = [...connections.cutOff(), ...unfinished()];
      if (left.length > 0) say(cutOff(left, why));
      await Promise.race([finish(), waited(lastWordsMs)]);
      if (left.length === 0 && running.length > 0) say(cutOff(unfinished(), why));
    }
    for (const signal of signals) process.off(signal, onSignal);
    exit(exitCode);
  }

  let started = false;
  function stop(): void {
    if (started) hurry?.();
    else {
      started = true;
      void run();
    }
  }

  let signalledAt = Number.NEGATIVE_INFINITY;
  function onSignal(): void {
    if (performance.now() - signalledAt < sameSignalMs) return;
    signalledAt = performance.now();
    stop();
  }

  for (const signal of signals) process.on(signal, onSignal);
  return { stop };
}
