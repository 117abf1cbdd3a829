import { createHealth } from '@seaworthy/healthcheck';
import { healthPlugin } from '@seaworthy/healthcheck/fastify';

import { createApp } from './fastify-bare.mjs';

export async function createServer() {
  const health = createHealth({
    serviceId: 'hello',
    releaseId: '1.0.0',
    objectives: { responseTimeMs: 250, errorRate: 0.001, databaseCallsPerRequest: 3 },
    checks: { database: { run: async () => {} } },
  });
  const mark = () => {
    health.cache('miss');
    health.db();
  };
  const app = await createApp((fastify) => fastify.register(healthPlugin(health)), mark);
  return app.server;
}
