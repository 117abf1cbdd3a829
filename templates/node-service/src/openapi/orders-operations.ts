import { schemaRef, type Operation, type Schema } from './operation.ts';
import { jsonResponse, problemResponses } from './responses.ts';

const text = { type: 'string' };
const replayed: Schema = {
  'Idempotency-Replayed': {
    description: 'true where the answer is the one that was given to this key first.',
    schema: { type: 'string', const: 'true' },
  },
};

export const storeOrderOperation: Operation = {
  operationId: 'storeOrder',
  summary: 'Stores an order once for its number',
  parameters: [
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description:
        '1 to 255 visible ASCII characters, with or without double quotes around them. The same request with the same key gets the same answer.',
      schema: { ...text, minLength: 1 },
    },
  ],
  requestBody: { required: true, content: { 'application/json': { schema: schemaRef('NewOrder') } } },
  responses: {
    200: jsonResponse('It was stored before, with the same content.', schemaRef('Order'), replayed),
    201: jsonResponse('It is stored.', schemaRef('Order'), {
      Location: { description: 'The path of the order.', schema: text },
      ...replayed,
    }),
    ...problemResponses(400, 409, 413, 415, 422),
  },
};

export const listOrdersOperation: Operation = {
  operationId: 'listOrders',
  summary: 'Lists the newest orders, page by page',
  parameters: [
    {
      name: 'limit',
      in: 'query',
      required: false,
      description: 'How many orders a page has at most.',
      schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    },
    {
      name: 'after',
      in: 'query',
      required: false,
      description: 'The `next` of an earlier answer.',
      schema: text,
    },
  ],
  responses: {
    200: jsonResponse('One page.', schemaRef('OrderList'), {
      Link: { description: 'The next page, as rel="next"; not on the last one.', schema: text },
    }),
    ...problemResponses(422),
  },
};

export const readOrderOperation: Operation = {
  operationId: 'readOrder',
  summary: 'Reads one order',
  parameters: [
    {
      name: 'orderNumber',
      in: 'path',
      required: true,
      description: 'The number of an order that was stored.',
      schema: text,
    },
  ],
  responses: { 200: jsonResponse('The order.', schemaRef('Order')), ...problemResponses(404) },
};
