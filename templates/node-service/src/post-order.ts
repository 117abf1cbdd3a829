import { createHash } from 'node:crypto';

import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Database } from './database/tables.ts';
import { answerOnce } from './idempotency/answer-once.ts';
import type { AnswerStore, KeptAnswer } from './idempotency/answer-store.ts';
import { parseIdempotencyKey } from './idempotency/idempotency-key.ts';
import { storeOrder } from './order-store.ts';
import { parseOrder, type NewOrder } from './order.ts';
import { problems } from './problem.ts';

/** Stores an order and answers with it; with an Idempotency-Key the same request gets the same answer again. */
export async function postOrder(
  context: { readonly database: Database; readonly answers: AnswerStore },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  // A body of no length reaches the handler without any parser.
  if (request.body === undefined)
    throw request.headers['content-type'] === undefined ? problems.unsupportedMediaType() : problems.malformedJson();
  const key = parseIdempotencyKey(request.headers['idempotency-key']);
  const parsed = parseOrder(request.body);
  if ('errors' in parsed) throw problems.invalidOrder(parsed.errors);
  const { order } = parsed;
  const store = (database: Database) => storeAndAnswer(database, order, request.id);
  if (key === undefined) return send(reply, await store(context.database));
  const { answer, isReplayed } = await answerOnce(context, { key, sha256: contentHash(order) }, store);
  if (isReplayed) void reply.header('idempotency-replayed', 'true');
  return send(reply, answer);
}

/** Of what was understood, so that neither spaces nor the order of members make a request another one. */
function contentHash({ orderNumber, quantity, sku }: NewOrder): string {
  return createHash('sha256').update(JSON.stringify({ orderNumber, quantity, sku })).digest('hex');
}

async function storeAndAnswer(database: Database, order: NewOrder, requestId: string): Promise<KeptAnswer> {
  const { outcome, order: stored } = await storeOrder(database, order);
  if (outcome === 'conflict') {
    const problem = problems.orderConflict();
    return { status: problem.facts.status, body: JSON.stringify(problem.toBody(requestId)), location: null };
  }
  const isNew = outcome === 'created';
  return {
    status: isNew ? 201 : 200,
    body: JSON.stringify(stored),
    location: isNew ? `/orders/${stored.orderNumber}` : null,
  };
}

function send(reply: FastifyReply, { status, body, location }: KeptAnswer): FastifyReply {
  if (location !== null) void reply.header('location', location);
  return reply
    .code(status)
    .type(status < 400 ? 'application/json' : 'application/problem+json')
    .send(body);
}
