import { createServer, type RequestListener, type Server } from 'node:http';

import underPressure from '@fastify/under-pressure';
import { toFastify, toNodeServer, toUnderPressure } from '@seaworthy/defaults';
import type { Health, RequestMarks } from '@seaworthy/healthcheck';
import { healthPlugin } from '@seaworthy/healthcheck/fastify';
import { fastify, type FastifyInstance } from 'fastify';

import { answerInTime } from './answer-in-time.ts';
import type { OrderCache } from './cache/order-cache.ts';
import { ClientErrors } from './client-error.ts';
import type { Database } from './database/tables.ts';
import { AnswerStore } from './idempotency/answer-store.ts';
import { parseJson } from './json-body.ts';
import { errorFields, type Log } from './log.ts';
import { serveDocument } from './openapi/serve-document.ts';
import { ordersRoutes } from './orders-routes.ts';
import type { RequestDetails } from './request-details.ts';
import { requestIdOf } from './request-id.ts';
import { clientClosedRequest, logRequest } from './request-log.ts';
import { serviceName } from './service.ts';
import type { ServiceSettings } from './settings.ts';
import { toProblem } from './to-problem.ts';
import { answerUnknownRoutes, readablePath } from './unknown-routes.ts';

declare module 'fastify' {
  interface FastifyRequest {
    marks: RequestMarks;
  }
}

export interface AppContext {
  readonly settings: ServiceSettings;
  readonly database: Database;
  readonly cache: OrderCache;
  readonly health: Health;
  readonly log: Log;
  readonly details?: RequestDetails | undefined;
}

function serverFor({ http }: ServiceSettings, listener: RequestListener): Server {
  // An expectation other than 100-continue is ignored: Node would answer 417 without a body.
  const server = createServer(toNodeServer(http), listener).on('checkExpectation', listener);
  server.maxRequestsPerSocket = http.maxRequestsPerSocket;
  return server;
}

/** When to try again what a busy database could not do. */
const retryAfterSeconds: Readonly<Record<string, string>> = { database_unavailable: '5', idempotency_key_in_use: '1' };

const noMarks: RequestMarks = { databaseCalls: 0, cache: 'none', startedAt: 0 };

/** The client went away while it sent the body. */
function isHangUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
}

export async function createApp(context: AppContext): Promise<FastifyInstance> {
  const { settings, health, log } = context;
  const clientErrors = new ClientErrors(settings, log);
  const { bodyLimit, trustProxy } = toFastify(settings.http);
  const app = fastify({
    logger: false,
    bodyLimit,
    trustProxy,
    // A request on a connection that is being drained is still served: refusing it would lose it.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    clientErrorHandler: (error, socket) => clientErrors.answer(error, socket),
    // A path that is too long or cannot be decoded is a 404 like any other, with headers and a log line.
    routerOptions: { maxParamLength: settings.http.maxHeaderBytes },
    rewriteUrl: readablePath,
    serverFactory: (handler) => serverFor(settings, handler),
  });
  // Before every other hook: probes are answered without them, and what they do is measured.
  await app.register(healthPlugin(health));
  app.decorateRequest('marks', undefined as unknown as RequestMarks);

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, parseJson(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });

  app.addHook('onRequest', (request, reply, done) => {
    request.marks = health.current() ?? noMarks;
    context.details?.begin(request.marks, request.id);
    void reply.headers({ 'x-request-id': request.id, 'x-release': settings.service.releaseId });
    logRequest(request, reply, log, settings.service.releaseId);
    answerInTime(request, reply, settings.http);
    clientErrors.watch(request, reply);
    done();
  });
  // After the hook above: what it turns away has its request id and its log line.
  void app.register(underPressure, toUnderPressure(settings.http));
  app.addHook('onSend', (request, reply, _payload, done) => {
    // JSON has no charset (RFC 8259); Fastify adds one.
    const type = String(reply.getHeader('content-type') ?? '').replace('; charset=utf-8', '');
    if (type.endsWith('json')) void reply.header('content-type', type);
    const { databaseCalls, cache } = request.marks;
    void reply.header('server-timing', `db;desc=${databaseCalls}`);
    if (cache !== 'none' && !reply.hasHeader('cache-status'))
      void reply.header('cache-status', `${serviceName}; ${cache === 'hit' ? 'hit' : 'fwd=miss'}`);
    done();
  });
  app.setErrorHandler(async (error, request, reply) => {
    // Nobody reads this answer, and it is no failure of the service.
    if (isHangUp(error) && !request.raw.complete) {
      await reply.code(clientClosedRequest).send();
      return;
    }
    const problem = toProblem(error, settings);
    const { status } = problem.facts;
    // An overloaded service does not write a stack for each request it turns away.
    if (status >= 500 && problem.facts.code !== 'overloaded')
      log.error({ requestId: request.id, error: errorFields(error) }, 'request failed');
    const retryAfter = retryAfterSeconds[problem.facts.code];
    if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
    // Fastify closes after a refused body; closed with unread bytes, the connection is reset and the answer may be lost.
    if (status === 408) void reply.header('connection', 'close');
    else if (app.server.listening) reply.removeHeader('connection');
    await reply
      .code(status)
      .type('application/problem+json')
      .send(JSON.stringify(problem.toBody(request.id)));
  });
  answerUnknownRoutes(app);

  serveDocument(app, settings.service.releaseId);
  ordersRoutes(app, {
    database: context.database,
    answers: new AnswerStore(settings.service),
    cache: context.cache,
    health,
    healthToken: settings.service.healthToken.reveal(),
    details: context.details,
  });
  return app;
}
