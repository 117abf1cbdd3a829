import type { Health } from '@seaworthy/healthcheck';
import type { FastifyInstance } from 'fastify';

import type { Database } from './database.ts';
import { drainConnections } from './drain-connections.ts';
import type { Log } from './log.ts';

interface Running {
  readonly app: FastifyInstance;
  readonly database: Database;
  readonly health: Health;
  readonly log: Log;
  readonly drainTimeoutMs: number;
}

function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });
}

/** Waits for a signal, lets requests in flight finish, and returns the exit code: 1 when some had to be cut off. */
export async function stopOnSignal({ app, database, health, log, drainTimeoutMs }: Running): Promise<number> {
  const drain = drainConnections(app.server);
  log.info({ signal: await nextSignal() }, 'stopping');
  health.drain();
  drain();
  let cut = false;
  const timer = setTimeout(() => {
    cut = true;
    app.server.closeAllConnections();
  }, drainTimeoutMs);
  await app.close();
  clearTimeout(timer);
  health.close();
  await database.destroy();
  if (cut) log.error({ drainTimeoutMs }, 'requests were cut off');
  log.info('stopped');
  return cut ? 1 : 0;
}
