import * as z from 'zod';

import { newOrderSchema, storedOrderSchema } from '../order.ts';

import type { Schema } from './operation.ts';

const order = z.object(storedOrderSchema.shape).meta({ id: 'Order', description: 'An order as it is stored.' });

const orderList = z.object({ orders: z.array(order), next: z.string().nullable() }).meta({
  id: 'OrderList',
  description: 'Some orders, newest first, and the cursor of those after them.',
});

const fieldError = z
  .object({ pointer: z.string(), detail: z.string() })
  .meta({ id: 'FieldError', description: 'One field at fault, as a JSON pointer into the body, or its parameter.' });

const problem = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    code: z.string(),
    expected: z.string(),
    retryable: z.boolean(),
    requestId: z.string(),
    errors: z.array(fieldError).optional(),
  })
  .meta({
    id: 'Problem',
    description: 'What failed, what was expected and whether to repeat the request (RFC 9457).',
  });

const newOrder = newOrderSchema.meta({ id: 'NewOrder', description: 'An order as a client sends it.' });

/** The schemas of the document, made from those that read and write the same things. */
export function componentSchemas(): Record<string, Schema> {
  const registry = z.registry<{ id: string }>();
  for (const schema of [newOrder, order, orderList, fieldError, problem])
    registry.add(schema, { id: String(schema.meta()?.id) });
  const { schemas } = z.toJSONSchema(registry, {
    // What is answered may get more fields: only what is sent must not have others.
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
    override({ jsonSchema }) {
      // The format says it; the expression behind it is a page long.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _dialect, $id: _id, ...schema }]) => [name, schema]),
  );
}
