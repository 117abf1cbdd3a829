import { createHealth } from '@seaworthy/healthcheck';
import type { FastifyInstance } from 'fastify';

import { createApp } from '../../src/app.ts';
import { MemoryOrderCache } from '../../src/cache/memory-order-cache.ts';
import { orderLifetime } from '../../src/cache/open-order-cache.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { loadServiceSettings } from '../../src/settings.ts';

import { keptLog } from './kept-log.ts';
import { migratedFolder } from './migrated-folder.ts';

/** The app behind a real server on a free port, with a database of its own and a log that is kept. */
export async function startApp(env: Record<string, string> = {}, addRoutes?: (app: FastifyInstance) => void) {
  const { databaseUrl, remove } = await migratedFolder();
  const { settings } = loadServiceSettings({ DEPLOY_ENVIRONMENT: 'test', DATABASE_URL: databaseUrl, ...env });
  const { log, lines } = keptLog();
  const health = createHealth({ serviceId: 'unit', releaseId: 'unit', token: settings.service.healthToken.reveal() });
  const onStatement = () => health.db();
  const { database, close } = await openDatabase(settings, { onStatement, log });
  const cache = new MemoryOrderCache(orderLifetime(settings));
  const app = await createApp({ settings, database, cache, health, log });
  addRoutes?.(app);
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    address,
    settings,
    database,
    health,
    lines,
    async stop() {
      health.close();
      await app.close();
      await close();
      remove();
    },
  };
}
