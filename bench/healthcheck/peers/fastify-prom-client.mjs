import { Histogram } from 'prom-client';

import { createApp } from './fastify-bare.mjs';

export async function createServer() {
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of requests',
    labelNames: ['method', 'route', 'status'],
  });
  const app = await createApp((fastify) => {
    fastify.addHook('onResponse', (request, reply, done) => {
      const labels = { method: request.method, route: request.routeOptions.url, status: reply.statusCode };
      durations.observe(labels, reply.elapsedTime / 1_000);
      done();
    });
  });
  return app.server;
}
