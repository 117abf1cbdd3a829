import { createHealth } from '@seaworthy/healthcheck';
import { expect, it } from 'vitest';

import { createApp } from '../../src/app.ts';
import { openOrderCache } from '../../src/cache/open-order-cache.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { openPool } from '../../src/database/open-pool.ts';
import { listen } from '../../src/listen.ts';
import { createLog } from '../../src/log.ts';
import { groups, loadServiceSettings, type ServiceSettings } from '../../src/settings.ts';
import { startHealth } from '../../src/start-health.ts';
import { stopGracefully } from '../../src/stop-gracefully.ts';

import { keptLog } from './kept-log.ts';
import { migratedFolder } from './migrated-folder.ts';

/** What a rule compares with others, and nothing else reads: it states how the surroundings are. */
const stated = ['http.balancerIdleTimeoutMs', 'database.instances', 'database.maxConnections'];

/** The settings, and the names of those that were read. */
function watched(settings: ServiceSettings) {
  const read = new Set<string>(stated);
  const watch = (group: string, values: object) =>
    new Proxy(values, {
      get(target, key) {
        read.add(`${group}.${String(key)}`);
        return Reflect.get(target, key) as unknown;
      },
    });
  const entries = Object.entries(settings).map(([group, values]) => [group, watch(group, values)]);
  return { read, settings: Object.fromEntries(entries) as ServiceSettings };
}

it('every setting that is listed is read by the service', { timeout: 20_000 }, async () => {
  const { folder, databaseUrl, remove } = await migratedFolder();
  const env = { DATABASE_URL: databaseUrl, CACHE_URL: 'redis://127.0.0.1:9', CACHE_CONNECT_TIMEOUT: '100ms' };
  const history = { HEALTH_HISTORY_PATH: `${folder}/history.ndjson`, HTTP_PORT: '0' };
  const { read, settings } = watched(loadServiceSettings({ DEPLOY_ENVIRONMENT: 'test', ...env, ...history }).settings);
  const { log } = keptLog();
  createLog(settings.logging);
  const { database, close } = await openDatabase(settings, { onStatement: () => undefined, log });
  const pool = await openPool(settings, () => undefined);
  const cache = await openOrderCache(settings, { log, mayTell: () => false });
  const checks = startHealth(settings, database, log);
  const health = createHealth({ serviceId: 'unit', releaseId: 'unit' });
  const app = await createApp({ settings, database, cache, health, log });
  // Nothing is listening yet, and no signal comes: it reads its limit and waits.
  void stopGracefully({ app, health, log, close, drainTimeoutMs: settings.http.drainTimeoutMs });
  await listen(app, settings.http);
  await app.inject('/orders/A-1001');
  await cache.set({ orderNumber: 'A-1001', sku: 'S', quantity: 1, createdAt: '' });
  await app.close();
  for (const each of [checks, health, cache]) each.close();
  await Promise.all([pool.end(), close()]);
  remove();
  const listed = Object.entries(groups).flatMap(([group, { settings: declared }]) =>
    Object.entries<object>(declared)
      .filter(([, setting]) => 'env' in setting && setting.env !== undefined)
      .map(([key]) => `${group}.${key}`),
  );
  expect(listed.filter((name) => !read.has(name))).toEqual([]);
});
