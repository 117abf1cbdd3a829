import { notifyReady, type Health } from '@seaworthy/healthcheck';

import type { LogEvent } from 'kysely';

import { createApp } from './app.ts';
import { openOrderCache } from './cache/open-order-cache.ts';
import { runCommand } from './command-error.ts';
import { openDatabase } from './database/open-database.ts';
import { listen } from './listen.ts';
import { createLog, errorFields } from './log.ts';
import { newerDatabase } from './migrations/apply-migrations.ts';
import { RequestDetails } from './request-details.ts';
import { serviceName } from './service.ts';
import { loadServiceSettings } from './settings.ts';
import { startHealth } from './start-health.ts';
import { stopGracefully } from './stop-gracefully.ts';
import { watchOtherProcesses } from './watch-other-processes.ts';

async function start(): Promise<number> {
  const { settings, environment } = loadServiceSettings();
  const { http, service } = settings;
  const log = createLog(settings.logging);
  // The check needs the database and the database counts through the health: one of them is filled in later.
  const counted: { by?: Health } = {};
  const details = RequestDetails.of(log, () => counted.by?.current());
  const onStatement = (event: LogEvent) => {
    counted.by?.db();
    details?.databaseCall(event);
  };
  const { database, ledger, newerMigrations, close } = await openDatabase(settings, { onStatement, log });
  const health = startHealth(settings, database, log);
  counted.by = health;
  const stopWatching = watchOtherProcesses({ ledger, everyMs: settings.health.checkIntervalMs, health, log });
  const told = { isListening: false };
  const cache = await openOrderCache(settings, { log, mayTell: () => told.isListening });
  const app = await createApp({ settings, database, cache, health, log, details });
  const closeAll = async () => {
    health.close();
    stopWatching();
    cache.close();
    await close();
  };
  process.once('uncaughtException', (error) => {
    log.fatal({ error: errorFields(error) }, 'uncaught exception');
    process.exit(1);
  });
  const stopped = stopGracefully({ app, health, log, close: closeAll, drainTimeoutMs: http.drainTimeoutMs });
  let port: number;
  try {
    port = await listen(app, http);
  } catch (error) {
    await closeAll();
    throw error;
  }
  const { releaseId } = service;
  log.info(
    { service: serviceName, release: releaseId, environment, host: http.host, port, pid: process.pid },
    'listening',
  );
  told.isListening = true;
  if (newerMigrations.length > 0) log.warn({ numbers: newerMigrations }, newerDatabase);
  void notifyReady(process.env, (problem) =>
    log.error({ error: errorFields(problem) }, 'the service manager was not told'),
  );
  return stopped;
}

await runCommand(start);
// What has not ended by now hangs, and the log says so: it must not keep the process.
process.exit();
