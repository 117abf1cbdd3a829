import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type Endpoint, type EndpointSource, createEndpoints, endpointPaths } from './create-endpoints.ts';
import { sendAnswer } from './endpoint-answer.ts';
import { cannotListen, wrongManagementOption } from './management-server-error.ts';

/**
 * Where the management server listens.
 *
 * @example
 * ```ts
 * import { createHealth, type ManagementServerOptions, startManagementServer } from '@seaworthy/healthcheck';
 *
 * const options: ManagementServerOptions = { port: 0, host: '127.0.0.1' };
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });
 * const server = await startManagementServer(health, options);
 * if (!server.listening) throw new Error('it does not listen');
 * health.close();
 * server.close();
 * ```
 */
export interface ManagementServerOptions {
  /** 0 for a free one. */
  readonly port: number;
  /** Whoever reaches this address reads everything. @default '127.0.0.1' */
  readonly host?: string;
}

/**
 * Serves every endpoint on a port of its own, without a token and without a prefix.
 *
 * It does not keep the process alive by itself, and needs no closing when the process ends.
 *
 * @throws {ManagementServerError} when an option is wrong, and when it cannot listen there.
 * @example
 * ```ts
 * import type { AddressInfo } from 'node:net';
 * import { createHealth, startManagementServer } from '@seaworthy/healthcheck';
 *
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });
 * const server = await startManagementServer(health, { port: 0 });
 *
 * const { port } = server.address() as AddressInfo;
 * const metrics = await fetch(`http://127.0.0.1:${port}/metrics`);
 * if (!(await metrics.text()).includes('service_version="1.0.0"')) throw new Error('the metrics name no release');
 *
 * health.close();
 * server.close();
 * ```
 */
export async function startManagementServer(health: EndpointSource, options: ManagementServerOptions): Promise<Server> {
  const { port, host } = readOptions(health, options);
  const find = createEndpoints({ prefix: '', mayReadAll: () => true }, health);
  const server = createServer((request, response) => {
    const endpoint = find(request.url ?? '') ?? notFound;
    sendAnswer(endpoint(request.method, undefined), response);
  });
  // Also a connection that a scraper keeps open must not hold up the end of the process.
  server.on('connection', (socket) => socket.unref());
  await once(server.listen(port, host), 'listening').catch((error: unknown) => {
    throw cannotListen(host, port, error);
  });
  return server.unref();
}

const notFound: Endpoint = () => ({
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: `Not found. Served here: ${endpointPaths.join(' ')}\n`,
});

const isFunction = (value: unknown): boolean => typeof value === 'function';

function readOptions(health: unknown, options: unknown): Required<ManagementServerOptions> {
  const given = Object(health) as Partial<EndpointSource>;
  if (!isFunction(given.snapshot) || !isFunction(given.ready)) {
    throw wrongManagementOption('health', health, 'the object that createHealth returned');
  }
  const { port, host = '127.0.0.1' } = Object(options) as { port?: unknown; host?: unknown };
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 0 || port > 65_535) {
    throw wrongManagementOption('port', port, 'a whole number from 0 to 65535');
  }
  // Node listens on every address when it is given an empty one.
  if (typeof host !== 'string' || host.trim() === '') {
    throw wrongManagementOption('host', host, 'an address that is not empty');
  }
  return { port, host };
}
