import * as z from 'zod';

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

const duration = (fallback, min, max) =>
  z
    .string()
    .regex(durationPattern)
    .transform(toMilliseconds)
    .pipe(z.number().min(toMilliseconds(min)).max(toMilliseconds(max)))
    .default(toMilliseconds(fallback));
const bytes = (fallback, min, max) =>
  z
    .string()
    .regex(sizePattern)
    .transform(toBytes)
    .pipe(z.number().min(toBytes(min)).max(toBytes(max)))
    .default(toBytes(fallback));
const count = (fallback, min, max) =>
  z.string().regex(countPattern).transform(Number).pipe(z.number().min(min).max(max)).default(fallback);
const text = (fallback) => z.string().regex(textPattern).default(fallback);

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
  APP_DATABASE_URL: z.string().refine(isDatabaseUrl),
  APP_CACHE_TTL: duration('5m', '1s', '24h'),
  APP_CACHE_TTL_JITTER: z.string().regex(ratioPattern).transform(Number).pipe(z.number().min(0).max(1)).default(0.1),
  APP_JOB_ATTEMPTS: count(5, 1, 20),
  APP_REGION: text('eu-1'),
  APP_TRACING: z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive' }).default(false),
  APP_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
  APP_API_TOKEN: z.string().min(16),
});

export function load(env) {
  return schema.parse(env);
}
