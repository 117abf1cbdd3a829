import { fastify } from 'fastify';

import { body } from './answer.mjs';

/** A Fastify that answers like the others, after `prepare` has added to it. */
export async function createApp(prepare, mark = () => {}) {
  const app = fastify({ logger: false });
  await prepare(app);
  app.get('/hello/:name', (_request, reply) => {
    mark();
    reply.header('content-type', 'application/json').send(body);
  });
  await app.ready();
  return app;
}

export const createServer = async () => (await createApp(async () => {})).server;
