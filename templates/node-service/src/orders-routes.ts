import type { Health } from '@seaworthy/healthcheck';
import type { FastifyInstance } from 'fastify';

import type { Database } from './database.ts';
import type { OrderCache } from './order-cache.ts';
import { findOrder, newestOrders, storeOrder } from './order-store.ts';
import { orderNumberSchema, parseOrder, type Order } from './order.ts';
import { problems } from './problem.ts';

export interface OrdersContext {
  readonly database: Database;
  readonly cache: OrderCache;
  readonly health: Health;
}

const defaultLimit = 20;
const largestLimit = 100;

function parseLimit(query: unknown): number {
  const written = (query as { limit?: unknown }).limit;
  if (written === undefined) return defaultLimit;
  const limit = typeof written === 'string' && /^[0-9]{1,3}$/.test(written) ? Number(written) : 0;
  if (limit >= 1 && limit <= largestLimit) return limit;
  throw problems.invalidQuery([{ pointer: '/limit', detail: 'expected a whole number from 1 to 100' }]);
}

async function readOrder({ database, cache, health }: OrdersContext, orderNumber: string): Promise<Order> {
  if (!orderNumberSchema.safeParse(orderNumber).success) throw problems.notFound();
  const cached = cache.get(orderNumber);
  health.cache(cached === undefined ? 'miss' : 'hit');
  if (cached !== undefined) return cached;
  const order = await findOrder(database, orderNumber);
  if (order === undefined) throw problems.notFound();
  cache.set(order);
  return order;
}

async function listOrders({ database }: OrdersContext, query: unknown): Promise<{ orders: Order[] }> {
  return { orders: await newestOrders(database, parseLimit(query)) };
}

export function ordersRoutes(app: FastifyInstance, context: OrdersContext): void {
  app.get('/orders', (request) => listOrders(context, request.query));
  app.get<{ Params: { orderNumber: string } }>('/orders/:orderNumber', (request) =>
    readOrder(context, request.params.orderNumber),
  );
  app.post('/orders', async (request, reply) => {
    // A body of no length reaches the handler without any parser.
    if (request.body === undefined) {
      throw request.headers['content-type'] === undefined ? problems.unsupportedMediaType() : problems.malformedJson();
    }
    const parsed = parseOrder(request.body);
    if ('errors' in parsed) throw problems.invalidOrder(parsed.errors);
    const { outcome, order } = await storeOrder(context.database, parsed.order);
    if (outcome === 'conflict') throw problems.orderConflict();
    if (outcome === 'created') void reply.code(201).header('location', `/orders/${order.orderNumber}`);
    return order;
  });
}
