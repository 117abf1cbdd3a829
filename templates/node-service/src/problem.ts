import type { FieldError } from './order.ts';

interface ProblemFacts {
  readonly status: number;
  readonly title: string;
  readonly code: string;
  readonly detail: string;
  readonly expected: string;
  readonly retryable: boolean;
}

/** An answer that says what failed, what was expected and whether to repeat the request (RFC 9457). */
export class Problem extends Error {
  readonly facts: ProblemFacts;
  readonly errors: readonly FieldError[] | undefined;

  constructor(facts: ProblemFacts, errors?: readonly FieldError[]) {
    super(facts.detail);
    this.facts = facts;
    this.errors = errors;
  }

  toBody(requestId: string) {
    const { status, title, code, detail, expected, retryable } = this.facts;
    const errors = this.errors === undefined ? {} : { errors: this.errors };
    return { type: 'about:blank', title, status, detail, code, expected, retryable, requestId, ...errors };
  }
}

function final(status: number, title: string, code: string, detail: string, expected: string): ProblemFacts {
  return { status, title, code, detail, expected, retryable: false };
}

function passing(status: number, title: string, code: string, detail: string, expected: string): ProblemFacts {
  return { status, title, code, detail, expected, retryable: true };
}

export const problems = {
  malformedRequest: () =>
    new Problem(
      final(400, 'Bad Request', 'malformed_request', 'The request is not valid HTTP.', 'an HTTP/1.1 request'),
    ),
  invalidIdempotencyKey: () =>
    new Problem(
      final(
        400,
        'Bad Request',
        'invalid_idempotency_key',
        'The Idempotency-Key header is not valid.',
        '1 to 255 visible ASCII characters, with or without double quotes around them',
      ),
    ),
  malformedJson: () =>
    new Problem(final(400, 'Bad Request', 'malformed_json', 'The body is not valid JSON.', 'a JSON object in UTF-8')),
  notFound: () =>
    new Problem(
      final(
        404,
        'Not Found',
        'not_found',
        'There is no such resource.',
        'a path this service serves and an order number that exists',
      ),
    ),
  methodNotAllowed: () =>
    new Problem(
      final(
        405,
        'Method Not Allowed',
        'method_not_allowed',
        'This path does not answer that method.',
        'a method named in the Allow header',
      ),
    ),
  requestTimeout: (limit: string) =>
    new Problem(
      passing(
        408,
        'Request Timeout',
        'request_timeout',
        'The request did not arrive in time.',
        `a whole request within ${limit}`,
      ),
    ),
  orderConflict: () =>
    new Problem(
      final(
        409,
        'Conflict',
        'order_conflict',
        'This order number is already stored with other content.',
        'the same content, or a new order number',
      ),
    ),
  idempotencyKeyInUse: () =>
    new Problem(
      passing(
        409,
        'Conflict',
        'idempotency_key_in_use',
        'A request with this idempotency key is still being answered.',
        'the same request after the seconds that Retry-After names',
      ),
    ),
  bodyTooLarge: (limitBytes: number) =>
    new Problem(
      final(
        413,
        'Content Too Large',
        'body_too_large',
        'The body is larger than this service accepts.',
        `at most ${limitBytes} bytes`,
      ),
    ),
  unsupportedMediaType: () =>
    new Problem(
      final(
        415,
        'Unsupported Media Type',
        'unsupported_media_type',
        'The body is not declared as JSON.',
        'content-type: application/json',
      ),
    ),
  invalidOrder: (errors: readonly FieldError[]) =>
    new Problem(
      final(
        422,
        'Unprocessable Content',
        'invalid_order',
        'Some fields are not valid.',
        'the fields as errors[] describes them',
      ),
      errors,
    ),
  invalidQuery: (errors: readonly FieldError[]) =>
    new Problem(
      final(
        422,
        'Unprocessable Content',
        'invalid_query',
        'Some query parameters are not valid.',
        'the fields as errors[] describes them',
      ),
      errors,
    ),
  idempotencyKeyReused: () =>
    new Problem(
      final(
        422,
        'Unprocessable Content',
        'idempotency_key_reused',
        'This idempotency key was used with another body.',
        'the same body, or a new key',
      ),
    ),
  headersTooLarge: (limitBytes: number) =>
    new Problem(
      final(
        431,
        'Request Header Fields Too Large',
        'headers_too_large',
        'The headers are larger than this service accepts.',
        `at most ${limitBytes} bytes`,
      ),
    ),
  internal: () =>
    new Problem(
      passing(
        500,
        'Internal Server Error',
        'internal',
        'The service failed. The cause is in its log under this request id.',
        'an answer',
      ),
    ),
  timeout: (limit: string) =>
    new Problem(
      passing(
        503,
        'Service Unavailable',
        'timeout',
        'The request took longer than this service allows.',
        `an answer within ${limit}`,
      ),
    ),
  overloaded: () =>
    new Problem(
      passing(
        503,
        'Service Unavailable',
        'overloaded',
        'The service has more to do than it can answer in time.',
        'a request after the seconds that Retry-After names',
      ),
    ),
  databaseUnavailable: () =>
    new Problem(
      passing(
        503,
        'Service Unavailable',
        'database_unavailable',
        'The database cannot be used right now.',
        'a database that can be written',
      ),
    ),
};
