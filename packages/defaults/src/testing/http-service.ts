// A program of its own: listens where its settings say, and on SIGTERM drains for as long as they allow.
import { createServer, type Server } from 'node:http';

import { fastify } from 'fastify';

import { toFastify } from '../adapters/to-fastify.ts';
import { toNodeServer } from '../adapters/to-node-server.ts';
import { httpServer } from '../groups/http-server.ts';
import { loadSettings } from '../load/load-settings.ts';

interface Running {
  readonly server: Server;
  readonly close: () => Promise<unknown>;
}

const { settings } = loadSettings({ http: httpServer }, { env: process.env, owner: 'team-orders' });
const { host, port, drainTimeoutMs } = settings.http;
let draining = false;

/** Answers `/never` never, `/slow` after half a second, and everything else at once. */
function answerLater(path: string | undefined, answer: (headers: Record<string, string>) => void): void {
  if (path === '/never') return;
  // Node keeps the connection of a request that was in flight: the server would wait for its idle time too.
  setTimeout(() => answer(draining ? { connection: 'close' } : {}), path === '/slow' ? 500 : 0);
}

async function startNode(): Promise<Running> {
  const server = createServer(toNodeServer(settings.http), ({ url }, response) =>
    answerLater(url, (headers) => response.writeHead(200, headers).end('ok')),
  );
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return { server, close: () => new Promise((resolve) => server.close(resolve)) };
}

async function startFastify(): Promise<Running> {
  const app = fastify({ ...toFastify(settings.http), forceCloseConnections: 'idle' });
  app.get('*', ({ url }, reply) => answerLater(url, (headers) => void reply.headers(headers).send('ok')));
  await app.listen({ port, host });
  return { server: app.server, close: () => app.close() };
}

const { server, close } = await (process.argv[2] === 'fastify' ? startFastify() : startNode());
process.once('SIGTERM', () => {
  draining = true;
  const timer = setTimeout(() => {
    process.exitCode = 1;
    server.closeAllConnections();
  }, drainTimeoutMs);
  void close().then(() => clearTimeout(timer));
});
// The test that started it may be killed: then its input ends, and so does this.
process.stdin.once('end', () => process.exit(1)).resume();
process.stdin.unref();
process.stdout.write(`${JSON.stringify(server.address())}\n`);
