import { createHealth, type Health } from '@seaworthy/healthcheck';
import { sql } from 'kysely';

import { createApp } from './app.ts';
import { addressUnusable, runCommand } from './command-error.ts';
import { openDatabase } from './database.ts';
import { createLog, errorFields } from './log.ts';
import { objectives, serviceName } from './service.ts';
import { loadServiceSettings } from './settings.ts';
import { stopOnSignal } from './stop-on-signal.ts';

async function start(): Promise<number> {
  const { settings, environment } = loadServiceSettings();
  const { http, service } = settings;
  const log = createLog(settings.logging);
  // The check needs the database and the database counts through the health: one of them is filled in later.
  const counted: { by?: Health } = {};
  const database = await openDatabase(service.databaseUrl, () => counted.by?.db());
  const health = createHealth({
    serviceId: serviceName,
    releaseId: service.releaseId,
    token: service.healthToken.reveal(),
    objectives,
    checks: { database: { run: () => sql`SELECT 1`.execute(database), componentType: 'datastore' } },
    onCheckFailed: ({ check, consecutiveFailures, error }) =>
      log.warn({ check, consecutiveFailures, error: errorFields(error) }, 'check failed'),
  });
  counted.by = health;
  const app = createApp({ settings, database, health, log });
  process.once('uncaughtException', (error) => {
    log.fatal({ error: errorFields(error) }, 'uncaught exception');
    process.exit(1);
  });
  try {
    await app.listen({ host: http.host, port: http.port });
  } catch (error) {
    health.close();
    await database.destroy();
    const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw addressUnusable(`${http.host}:${http.port}`, inUse);
  }
  const [address] = app.addresses();
  const port = typeof address === 'object' ? address.port : http.port;
  const { releaseId } = service;
  // Before the line that says so: whoever reads it may send a signal at once.
  const stopped = stopOnSignal({ app, database, health, log, drainTimeoutMs: http.drainTimeoutMs });
  log.info(
    { service: serviceName, release: releaseId, environment, host: http.host, port, pid: process.pid },
    'listening',
  );
  return stopped;
}

await runCommand(start);
