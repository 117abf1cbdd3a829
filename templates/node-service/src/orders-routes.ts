import type { Health } from '@seaworthy/healthcheck';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { OrderCache } from './cache/order-cache.ts';
import type { Database } from './database/tables.ts';
import { carriesToken } from './health-token.ts';
import type { AnswerStore } from './idempotency/answer-store.ts';
import type { Operation } from './openapi/operation.ts';
import { listOrdersOperation, readOrderOperation, storeOrderOperation } from './openapi/orders-operations.ts';
import { linkToNext, parsePageQuery } from './order-page.ts';
import { findOrder, pageOfOrders } from './order-store.ts';
import { orderNumberSchema, type Order } from './order.ts';
import { postOrder } from './post-order.ts';
import { problems } from './problem.ts';
import type { CacheOutcome, RequestDetails } from './request-details.ts';
import { serviceName } from './service.ts';

export interface OrdersContext {
  readonly database: Database;
  readonly answers: AnswerStore;
  readonly cache: OrderCache;
  readonly health: Health;
  readonly healthToken: string;
  readonly details: RequestDetails | undefined;
}

type OneOrder = FastifyRequest<{ Params: { orderNumber: string } }>;

/** Whether an order is to be read from the database, asked by somebody who may ask for that much. */
function bypassesCache({ headers, raw }: FastifyRequest, healthToken: string): boolean {
  const directives = (headers['cache-control'] ?? '').toLowerCase().split(',');
  if (!directives.some((directive) => directive.trim() === 'no-cache')) return false;
  // Node keeps the first of several: of two that differ nobody knows which one was meant.
  const [authorization, ...more] = raw.headersDistinct['authorization'] ?? [];
  return more.length === 0 && carriesToken(authorization, healthToken);
}

function outcomeOf(cached: Order | 'unusable' | undefined): CacheOutcome {
  if (cached === undefined) return 'miss';
  return cached === 'unusable' ? 'failed' : 'hit';
}

async function readOrder(context: OrdersContext, request: OneOrder, reply: FastifyReply): Promise<Order> {
  const { database, cache, health, healthToken, details } = context;
  const { orderNumber } = request.params;
  if (!orderNumberSchema.safeParse(orderNumber).success) throw problems.notFound();
  const isBypassed = bypassesCache(request, healthToken);
  const startedAt = details === undefined ? 0 : performance.now();
  const cached = isBypassed ? undefined : await cache.get(orderNumber);
  details?.cacheRead(request.id, isBypassed ? 'bypassed' : outcomeOf(cached), startedAt);
  health.cache(typeof cached === 'object' ? 'hit' : 'miss');
  if (typeof cached === 'object') return cached;
  if (isBypassed) void reply.header('cache-status', `${serviceName}; fwd=request`);
  const order = await findOrder(database, orderNumber);
  if (order === undefined) {
    if (isBypassed) await cache.forget(orderNumber);
    throw problems.notFound();
  }
  if (cached !== 'unusable') await cache.set(order);
  return order;
}

async function listOrders({ database }: OrdersContext, request: FastifyRequest, reply: FastifyReply) {
  const query = parsePageQuery(request.query);
  const page = await pageOfOrders(database, query);
  const link = linkToNext(page, query);
  if (link !== undefined) void reply.header('link', link);
  return page;
}

export function ordersRoutes(app: FastifyInstance, context: OrdersContext): void {
  const described = (operation: Operation) => ({ config: { operation } });
  app.get('/orders', described(listOrdersOperation), (request, reply) => listOrders(context, request, reply));
  app.get('/orders/:orderNumber', described(readOrderOperation), (request: OneOrder, reply) =>
    readOrder(context, request, reply),
  );
  app.post('/orders', described(storeOrderOperation), (request, reply) => postOrder(context, request, reply));
}
