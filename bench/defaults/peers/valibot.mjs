import * as v from 'valibot';

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
  v.pipe(v.string(), v.regex(pattern), v.transform(parse), v.minValue(min), v.maxValue(max));
const duration = (fallback, min, max) =>
  v.optional(number(durationPattern, toMilliseconds, toMilliseconds(min), toMilliseconds(max)), fallback);
const bytes = (fallback, min, max) => v.optional(number(sizePattern, toBytes, toBytes(min), toBytes(max)), fallback);
const count = (fallback, min, max) => v.optional(number(countPattern, Number, min, max), fallback);
const text = (fallback) => v.optional(v.pipe(v.string(), v.regex(textPattern)), fallback);

const schema = v.object({
  APP_HOST: text('0.0.0.0'),
  APP_PORT: count('8080', 0, 65_535),
  APP_REQUEST_TIMEOUT: duration('30s', '1s', '5m'),
  APP_HEADERS_TIMEOUT: duration('15s', '1s', '1m'),
  APP_KEEP_ALIVE_TIMEOUT: duration('72s', '1s', '20m'),
  APP_HANDLER_TIMEOUT: duration('25s', '100ms', '5m'),
  APP_DRAIN_TIMEOUT: duration('20s', '1s', '10m'),
  APP_MAX_HEADER_SIZE: bytes('16KiB', '4KiB', '64KiB'),
  APP_BODY_LIMIT: bytes('1MiB', '1KiB', '50MiB'),
  APP_POOL_MAX: count('10', 1, 100),
  APP_POOL_WAIT_TIMEOUT: duration('3s', '100ms', '1m'),
  APP_QUERY_TIMEOUT: duration('17s', '100ms', '5m'),
  APP_DATABASE_URL: v.pipe(v.string(), v.check(isDatabaseUrl)),
  APP_CACHE_TTL: duration('5m', '1s', '24h'),
  APP_CACHE_TTL_JITTER: v.optional(number(ratioPattern, Number, 0, 1), '0.1'),
  APP_JOB_ATTEMPTS: count('5', 1, 20),
  APP_REGION: text('eu-1'),
  APP_TRACING: v.optional(
    v.pipe(
      v.picklist(['true', 'false']),
      v.transform((raw) => raw === 'true'),
    ),
    'false',
  ),
  APP_LOG_LEVEL: v.optional(v.picklist(['trace', 'debug', 'info', 'warn', 'error', 'fatal']), 'info'),
  APP_API_TOKEN: v.pipe(v.string(), v.minLength(16)),
});

export function load(env) {
  return v.parse(schema, env);
}
