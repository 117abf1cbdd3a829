import { createServer as createHttpServer } from 'node:http';

import { createHealth } from '@seaworthy/healthcheck';

import { answer } from './answer.mjs';

export function createServer() {
  const health = createHealth({
    serviceId: 'hello',
    releaseId: '1.0.0',
    objectives: { responseTimeMs: 250, errorRate: 0.001, databaseCallsPerRequest: 3 },
    checks: { database: { run: async () => {} } },
  });
  return createHttpServer(
    health.wrap((_request, response) => {
      health.route('/hello/{name}');
      health.cache('miss');
      health.db();
      answer(response);
    }),
  );
}
