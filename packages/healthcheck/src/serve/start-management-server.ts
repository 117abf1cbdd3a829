import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { cannotListen } from '../errors/process-errors.ts';
import { WrongValues } from '../errors/wrong-values.ts';
import { hasMethods, isText, isWhole } from '../value-checks.ts';
import { type Endpoint, type EndpointSource, createEndpoints, endpointPaths } from './create-endpoints.ts';
import { sendAnswer } from './endpoint-answer.ts';

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
 * @throws {HealthError} `MANAGEMENT_OPTIONS_INVALID`, with every option at fault, or `MANAGEMENT_CANNOT_LISTEN`.
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

function readOptions(health: unknown, options: ManagementServerOptions): Required<ManagementServerOptions> {
  const wrong = new WrongValues('MANAGEMENT_OPTIONS_INVALID');
  const isHealth = hasMethods(health, 'snapshot', 'ready');
  wrong.demand(isHealth, 'health', health, 'the object that createHealth returned');
  const { port, host = '127.0.0.1' } = Object(options) as ManagementServerOptions;
  wrong.demand(isWhole(port, 0, 65_535), 'port', port, 'a whole number from 0 to 65535');
  // Node listens on every address when it is given an empty one.
  wrong.demand(isText(host), 'host', host, 'an address that is not empty');
  wrong.throwAny();
  return { port, host };
}
