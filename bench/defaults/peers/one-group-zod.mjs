// The variables of the group `httpServer`, with zod alone; it has to print what one-group.mjs prints.
import * as z from 'zod';

import { countPattern, durationPattern, sizePattern, toBytes, toMilliseconds } from './units.mjs';

const octet = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const ipv4 = `${octet}([.]${octet}){3}(/(3[0-2]|[12]?[0-9]))?`;
const ipv6 = '[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?';
const networks = new RegExp(`^(none|(${ipv4}|${ipv6})(,(${ipv4}|${ipv6}))*)$`);

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
const count = (fallback, max) =>
  z.string().regex(countPattern).transform(Number).pipe(z.number().max(max)).default(fallback);
const text = (pattern, fallback) => z.string().regex(pattern).default(fallback);

const env = z
  .object({
    HTTP_HOST: text(/^[\x21-\x7e]{1,200}$/, '0.0.0.0'),
    HTTP_PORT: count(8_080, 65_535),
    HTTP_REQUEST_TIMEOUT: duration('30s', '1s', '5m'),
    HTTP_HEADERS_TIMEOUT: duration('15s', '1s', '1m'),
    HTTP_KEEP_ALIVE_TIMEOUT: duration('72s', '1s', '15m'),
    HTTP_KEEP_ALIVE_TIMEOUT_BUFFER: duration('1s', '0s', '1m'),
    HTTP_BALANCER_IDLE_TIMEOUT: duration('60s', '1s', '14m'),
    HTTP_HANDLER_TIMEOUT: duration('25s', '1s', '4m'),
    HTTP_DRAIN_TIMEOUT: duration('20s', '1s', '5m'),
    HTTP_MAX_HEADER_SIZE: bytes('16KiB', '4KiB', '64KiB'),
    HTTP_BODY_LIMIT: bytes('1MiB', '1KiB', '50MiB'),
    HTTP_MAX_REQUESTS_PER_SOCKET: count(0, 1_000_000),
    HTTP_TRUSTED_PROXIES: text(networks, 'none'),
    HTTP_MAX_EVENT_LOOP_DELAY: duration('1s', '100ms', '1m'),
    HTTP_SHED_RETRY_AFTER: duration('10s', '1s', '10m'),
  })
  .refine((settings) => settings.HTTP_KEEP_ALIVE_TIMEOUT > settings.HTTP_BALANCER_IDLE_TIMEOUT)
  .refine((settings) => settings.HTTP_HEADERS_TIMEOUT <= settings.HTTP_REQUEST_TIMEOUT)
  .refine((settings) => settings.HTTP_HANDLER_TIMEOUT < settings.HTTP_BALANCER_IDLE_TIMEOUT)
  .parse(process.env);

process.stdout.write(
  JSON.stringify({
    host: env.HTTP_HOST,
    port: env.HTTP_PORT,
    requestTimeoutMs: env.HTTP_REQUEST_TIMEOUT,
    headersTimeoutMs: env.HTTP_HEADERS_TIMEOUT,
    keepAliveTimeoutMs: env.HTTP_KEEP_ALIVE_TIMEOUT,
    keepAliveTimeoutBufferMs: env.HTTP_KEEP_ALIVE_TIMEOUT_BUFFER,
    balancerIdleTimeoutMs: env.HTTP_BALANCER_IDLE_TIMEOUT,
    handlerTimeoutMs: env.HTTP_HANDLER_TIMEOUT,
    drainTimeoutMs: env.HTTP_DRAIN_TIMEOUT,
    maxHeaderBytes: env.HTTP_MAX_HEADER_SIZE,
    bodyLimitBytes: env.HTTP_BODY_LIMIT,
    maxRequestsPerSocket: env.HTTP_MAX_REQUESTS_PER_SOCKET,
    trustedProxies: env.HTTP_TRUSTED_PROXIES,
    maxEventLoopDelayMs: env.HTTP_MAX_EVENT_LOOP_DELAY,
    shedRetryAfterMs: env.HTTP_SHED_RETRY_AFTER,
  }),
);
