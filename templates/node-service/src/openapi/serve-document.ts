import type { FastifyInstance } from 'fastify';

import { serviceName } from '../service.ts';

import type { Operation } from './operation.ts';
import { componentSchemas } from './schemas.ts';

/**
 * Serves the OpenAPI document of the routes that are added after this call, at `/openapi.json`.
 *
 * In production too: it says nothing but what every client sees, and clients are written for the release that runs.
 * Probes, metrics and the status page are not in it. HEAD, which every GET answers as well, is not either.
 */
export function serveDocument(app: FastifyInstance, version: string): void {
  const paths: Record<string, Record<string, Operation>> = {};
  app.addHook('onRoute', ({ url, method, config }) => {
    const { operation } = config ?? {};
    if (operation === undefined || method === 'HEAD') return;
    const path = url.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [String(method).toLowerCase()]: operation };
  });
  let document: string | undefined;
  app.get('/openapi.json', (_request, reply) => {
    document ??= JSON.stringify({
      openapi: '3.1.0',
      info: { title: serviceName, version },
      paths,
      components: { schemas: componentSchemas() },
    });
    return reply.type('application/json').send(document);
  });
}
