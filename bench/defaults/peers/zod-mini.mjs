import * as z from 'zod/mini';

import {
  countPattern,
  durationPattern,
  isDatabaseUrl,
  ratioPattern,
  sizePattern,
  textPattern,
  toBytes,
  toMilliseconds,
} from './units.mjs';

const number = (pattern, parse, min, max) =>
  z.pipe(
    z.pipe(z.string().check(z.regex(pattern)), z.transform(parse)),
    z.number().check(z.minimum(min), z.maximum(max)),
  );
const duration = (fallback, min, max) =>
  z._default(
    number(durationPattern, toMilliseconds, toMilliseconds(min), toMilliseconds(max)),
    toMilliseconds(fallback),
  );
const bytes = (fallback, min, max) =>
  z._default(number(sizePattern, toBytes, toBytes(min), toBytes(max)), toBytes(fallback));
const count = (fallback, min, max) => z._default(number(countPattern, Number, min, max), fallback);
const text = (fallback) => z._default(z.string().check(z.regex(textPattern)), fallback);

const schema = z.object({
  APP_HOST: text('0.0.0.0'),
  APP_PORT: count(8_080, 0, 65_535),
  APP_REQUEST_TIMEOUT: duration('30s', '1s', '5m'),
  APP_HEADERS_TIMEOUT: duration('15s', '1s', '1m'),
  APP_KEEP_ALIVE_TIMEOUT: duration('72s', '1s', '20m'),
  APP_HANDLER_TIMEOUT: duration('25s', '100ms', '5m'),
  APP_DRAIN_TIMEOUT: duration('20s', '1s', '10m'),
  APP_MAX_HEADER_SIZE: bytes('16KiB', '4KiB', '64KiB'),
  APP_BODY_LIMIT: bytes('1MiB', '1KiB', '50MiB'),
  APP_POOL_MAX: count(10, 1, 100),
  APP_POOL_WAIT_TIMEOUT: duration('3s', '100ms', '1m'),
  APP_QUERY_TIMEOUT: duration('17s', '100ms', '5m'),
  APP_DATABASE_URL: z.string().check(z.refine(isDatabaseUrl)),
  APP_CACHE_TTL: duration('5m', '1s', '24h'),
  APP_CACHE_TTL_JITTER: z._default(number(ratioPattern, Number, 0, 1), 0.1),
  APP_JOB_ATTEMPTS: count(5, 1, 20),
  APP_REGION: text('eu-1'),
  APP_TRACING: z._default(z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive' }), false),
  APP_LOG_LEVEL: z._default(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']), 'info'),
  APP_API_TOKEN: z.string().check(z.minLength(16)),
});

export function load(env) {
  return schema.parse(env);
}
