import { createHealth } from '@seaworthy/healthcheck';
import type { FastifyInstance } from 'fastify';

import { createApp } from '../../src/app.ts';
import { openDatabase } from '../../src/database.ts';
import { loadServiceSettings } from '../../src/settings.ts';

import { keptLog } from './kept-log.ts';

/** The app behind a real server on a free port, with a database in memory and a log that is kept. */
export async function startApp(env: Record<string, string> = {}, addRoutes?: (app: FastifyInstance) => void) {
  const { settings } = loadServiceSettings({ DEPLOY_ENVIRONMENT: 'test', DATABASE_URL: 'sqlite::memory:', ...env });
  const { log, lines } = keptLog();
  const health = createHealth({ serviceId: 'unit', releaseId: 'unit', token: settings.service.healthToken.reveal() });
  const database = await openDatabase(settings.service.databaseUrl, () => health.db());
  const app = await createApp({ settings, database, health, log });
  addRoutes?.(app);
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    address,
    database,
    health,
    lines,
    async stop() {
      health.close();
      await app.close();
      await database.destroy();
    },
  };
}
