import { notifyReady, type Health } from '@seaworthy/healthcheck';

import { createApp } from './app.ts';
import { runCommand } from './command-error.ts';
import { openDatabase } from './database.ts';
import { listen } from './listen.ts';
import { createLog, errorFields } from './log.ts';
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
  const database = await openDatabase(service.databaseUrl, () => counted.by?.db());
  const health = startHealth(settings, database, log);
  counted.by = health;
  const { checkIntervalMs: everyMs } = settings.health;
  const stopWatching = await watchOtherProcesses({ databaseUrl: service.databaseUrl, everyMs, health, log });
  const app = await createApp({ settings, database, health, log });
  process.once('uncaughtException', (error) => {
    log.fatal({ error: errorFields(error) }, 'uncaught exception');
    process.exit(1);
  });
  const stopped = stopGracefully({ app, database, health, log, stopWatching, drainTimeoutMs: http.drainTimeoutMs });
  let port: number;
  try {
    port = await listen(app, http);
  } catch (error) {
    health.close();
    stopWatching();
    await database.destroy();
    throw error;
  }
  const { releaseId } = service;
  log.info(
    { service: serviceName, release: releaseId, environment, host: http.host, port, pid: process.pid },
    'listening',
  );
  void notifyReady(process.env, (problem) =>
    log.error({ error: errorFields(problem) }, 'the service manager was not told'),
  );
  return stopped;
}

await runCommand(start);
// What has not ended by now hangs, and the log says so: it must not keep the process.
process.exit();
