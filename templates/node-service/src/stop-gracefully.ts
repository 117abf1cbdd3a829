import { gracefulShutdown, type Health } from '@seaworthy/healthcheck';
import type { FastifyInstance } from 'fastify';

import { errorFields, type Log } from './log.ts';

interface Running {
  readonly app: FastifyInstance;
  readonly health: Health;
  readonly log: Log;
  /** Called once every request was answered. */
  readonly close: () => Promise<void>;
  /** How long requests in flight may take. */
  readonly drainTimeoutMs: number;
}

/**
 * Waits for a signal, lets requests in flight finish, and resolves with the exit code: 1 when something was cut off or
 * failed. To be called before the server listens.
 */
export async function stopGracefully(running: Running): Promise<0 | 1> {
  const { app, health, log, drainTimeoutMs } = running;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => log.info({ signal }, 'stopping'));
  const exitCode = await new Promise<0 | 1>((resolve) => {
    gracefulShutdown(app.server, {
      health,
      // Whoever sends the signal has waited, as a preStop hook does, or passes the listening socket on.
      drainTimeoutMs: 0,
      graceTimeoutMs: drainTimeoutMs,
      async afterClose() {
        await app.close();
        await running.close();
      },
      onProblem(problem) {
        if (problem.code === 'SHUTDOWN_CUT_OFF')
          log.error({ drainTimeoutMs, error: errorFields(problem) }, 'requests were cut off');
        else log.error({ error: errorFields(problem.cause) }, 'stopping failed');
      },
      exit: resolve,
    });
  });
  log.info('stopped');
  return exitCode;
}
