interface Problem {
  readonly status: number;
  readonly title: string;
  readonly code: string;
  readonly detail: string;
  readonly expected: string;
  readonly retryable: boolean;
}

function problem(
  status: number,
  title: string,
  code: string,
  detail: string,
  expected: string,
  retryable = false,
): Problem {
  return { status, title, code, detail, expected, retryable };
}

const fields = 'the fields as errors[] describes them';

/** The words of every error, the same in every language. */
export const problems = {
  malformedJson: problem(400, 'Bad Request', 'malformed_json', 'The body is not valid JSON.', 'a JSON object in UTF-8'),
  notFound: problem(
    404,
    'Not Found',
    'not_found',
    'There is no such resource.',
    'a path this service serves and an order number that exists',
  ),
  methodNotAllowed: problem(
    405,
    'Method Not Allowed',
    'method_not_allowed',
    'This path does not answer that method.',
    'a method named in the Allow header',
  ),
  orderConflict: problem(
    409,
    'Conflict',
    'order_conflict',
    'This order number is already stored with other content.',
    'the same content, or a new order number',
  ),
  invalidIdempotencyKey: problem(
    400,
    'Bad Request',
    'invalid_idempotency_key',
    'The Idempotency-Key header is not valid.',
    '1 to 255 visible ASCII characters, with or without double quotes around them',
  ),
  idempotencyKeyInUse: problem(
    409,
    'Conflict',
    'idempotency_key_in_use',
    'A request with this idempotency key is still being answered.',
    'the same request after the seconds that Retry-After names',
    true,
  ),
  idempotencyKeyReused: problem(
    422,
    'Unprocessable Content',
    'idempotency_key_reused',
    'This idempotency key was used with another body.',
    'the same body, or a new key',
  ),
  bodyTooLarge: problem(
    413,
    'Content Too Large',
    'body_too_large',
    'The body is larger than this service accepts.',
    'at most 1048576 bytes',
  ),
  unsupportedMediaType: problem(
    415,
    'Unsupported Media Type',
    'unsupported_media_type',
    'The body is not declared as JSON.',
    'content-type: application/json',
  ),
  invalidOrder: problem(422, 'Unprocessable Content', 'invalid_order', 'Some fields are not valid.', fields),
  invalidQuery: problem(422, 'Unprocessable Content', 'invalid_query', 'Some query parameters are not valid.', fields),
  malformedRequest: problem(
    400,
    'Bad Request',
    'malformed_request',
    'The request is not valid HTTP.',
    'an HTTP/1.1 request',
  ),
  headersTooLarge: problem(
    431,
    'Request Header Fields Too Large',
    'headers_too_large',
    'The headers are larger than this service accepts.',
    'at most 16384 bytes',
  ),
  internal: problem(
    500,
    'Internal Server Error',
    'internal',
    'The service failed. The cause is in its log under this request id.',
    'an answer',
    true,
  ),
  databaseUnavailable: problem(
    503,
    'Service Unavailable',
    'database_unavailable',
    'The database cannot be used right now.',
    'a database that can be written',
    true,
  ),
} as const;

export const orderNumberError = {
  pointer: '/orderNumber',
  detail: 'expected 3 to 40 characters A-Z, 0-9 or -, not beginning with -',
};
export const skuError = { pointer: '/sku', detail: 'expected 1 to 40 characters A-Z, 0-9 or -, not beginning with -' };
export const quantityError = { pointer: '/quantity', detail: 'expected a whole number from 1 to 10000' };
export const objectError = { pointer: '', detail: 'expected an object with orderNumber, sku and quantity' };
