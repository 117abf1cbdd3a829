import { schemaRef, type Schema } from './operation.ts';

const retryAfter = {
  'Retry-After': {
    description: 'After how many seconds to repeat the request; not where waiting does not help.',
    schema: { type: 'integer', minimum: 1 },
  },
};

/** The codes of the errors that have a status. */
const problems: Readonly<Record<number, { readonly description: string; readonly headers?: Schema }>> = {
  400: { description: 'malformed_json or invalid_idempotency_key' },
  404: { description: 'not_found' },
  408: { description: 'request_timeout' },
  409: { description: 'order_conflict or idempotency_key_in_use', headers: retryAfter },
  413: { description: 'body_too_large' },
  415: { description: 'unsupported_media_type' },
  422: { description: 'invalid_order, invalid_query or idempotency_key_reused' },
  431: { description: 'headers_too_large' },
  500: { description: 'internal' },
  503: { description: 'The service cannot answer now; the same request may be answered later.', headers: retryAfter },
};

/** What any request may be answered with. */
const always = [408, 431, 500, 503];

export function problemResponses(...statuses: readonly number[]): Record<number, Schema> {
  const content = { 'application/problem+json': { schema: schemaRef('Problem') } };
  return Object.fromEntries([...statuses, ...always].map((status) => [status, { ...problems[status], content }]));
}

export function jsonResponse(description: string, schema: Schema, headers?: Schema): Schema {
  return { description, ...(headers && { headers }), content: { 'application/json': { schema } } };
}
