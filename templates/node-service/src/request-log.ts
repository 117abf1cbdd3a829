import { isIP } from 'node:net';

import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Log } from './log.ts';

/** The status of a request whose client hung up before its answer was written. */
export const clientClosedRequest = 499;

/** `/orders/:orderNumber` as OpenAPI and the Python services write it. */
function routeName({ is404, routeOptions }: FastifyRequest): string | null {
  return is404 || routeOptions.url === undefined ? null : routeOptions.url.replaceAll(/:(\w+)/g, '{$1}');
}

/** The address of the client; a trusted proxy passes on what its client wrote, which may be any text. */
function clientAddress({ ip }: FastifyRequest): string | null {
  return isIP(ip) === 0 ? null : ip;
}

/** Writes one line when the answer is out, or when the client has hung up: both close the response, once. */
export function logRequest(request: FastifyRequest, reply: FastifyReply, log: Log, release: string): void {
  const client = clientAddress(request);
  reply.raw.once('close', () => {
    const status = reply.raw.writableFinished ? reply.raw.statusCode : clientClosedRequest;
    const fields = {
      requestId: request.id,
      release,
      client,
      method: request.method,
      route: routeName(request),
      status,
      durationMs: Math.round(reply.elapsedTime * 100) / 100,
      cache: request.marks.cache,
      dbCalls: request.marks.databaseCalls,
    };
    log[status >= 500 ? 'error' : 'info'](fields, 'request');
  });
}
