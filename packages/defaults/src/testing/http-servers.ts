import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { fastify } from 'fastify';
import { onTestFinished } from 'vitest';

import { toFastify } from '../adapters/to-fastify.ts';
import { toNodeServer } from '../adapters/to-node-server.ts';
import type { Values } from '../declare/group.ts';
import { httpServer } from '../groups/http-server.ts';

import { loadGroup } from './shipped-groups.ts';

type HttpSettings = Values<(typeof httpServer)['settings']>;

/** A server on a free port that answers `GET /` and `POST /` with `ok`, until the test ends; its port is returned. */
export type StartServer = (env?: Readonly<Record<string, string>>) => Promise<number>;

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  await text(request);
  response.end('ok');
}

async function startNode(settings: HttpSettings): Promise<number> {
  const server = createServer(toNodeServer(settings), (request, response) => {
    // A body that never comes to its end is cut off by the server itself.
    answer(request, response).catch(() => response.destroy());
  });
  server.maxRequestsPerSocket = settings.maxRequestsPerSocket;
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

async function startFastify(settings: HttpSettings): Promise<number> {
  const app = fastify({ ...toFastify(settings), forceCloseConnections: true });
  app.route({ method: ['GET', 'POST'], url: '/', handler: () => 'ok' });
  app.get('/never', () => new Promise(() => undefined));
  app.get('/address', ({ ip }) => ip);
  await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  return (app.server.address() as AddressInfo).port;
}

export const startNodeServer: StartServer = (env) => startNode(loadGroup(httpServer, env));
export const startFastifyServer: StartServer = (env) => startFastify(loadGroup(httpServer, env));
