import { createServer, type ServerOptions } from 'node:http';

import type { FastifyUnderPressureOptions } from '@fastify/under-pressure';
import type { JobsOptions, WorkerOptions } from 'bullmq';
import type { FastifyServerOptions } from 'fastify';
import fc from 'fast-check';
import type { RedisOptions } from 'ioredis';
import CircuitBreaker, { type Options as OpossumSettings } from 'opossum';
import type { PoolConfig } from 'pg';
import type { LoggerOptions } from 'pino';
import type { Agent, Dispatcher, RetryHandler } from 'undici';
import { expect, expectTypeOf, it, onTestFinished } from 'vitest';

import { httpClient } from '../groups/http-client.ts';
import { httpServer } from '../groups/http-server.ts';
import { loadGroup, loadShipped } from '../testing/shipped-groups.ts';

import { toBullMq, type BullMqOptions } from './to-bull-mq.ts';
import { toFastify, type FastifyOptions } from './to-fastify.ts';
import { toHealthCheck } from './to-health-check.ts';
import { toIoredis, type IoredisOptions } from './to-ioredis.ts';
import { toNodeServer, type NodeServerOptions } from './to-node-server.ts';
import { toOpossum, type OpossumOptions } from './to-opossum.ts';
import { toPg, type PgOptions } from './to-pg.ts';
import { toPino, type PinoOptions } from './to-pino.ts';
import { toUnderPressure, type UnderPressureOptions } from './to-under-pressure.ts';
import { toUndici, type UndiciOptions } from './to-undici.ts';

/** `true` when a library takes these options, and has every one of them. */
type Fits<Ours, Theirs> = [Ours, keyof Ours] extends [Partial<Theirs>, keyof Theirs] ? true : false;
type FastifyTakes = FastifyServerOptions & { http?: ServerOptions | null };
type RequestTakes = Dispatcher.RequestOptions;

// Read by `tsc`: a library that renames an option or gives it another type fails the type check.
expectTypeOf<Fits<NodeServerOptions, ServerOptions>>().toEqualTypeOf<true>();
expectTypeOf<Fits<FastifyOptions, FastifyTakes>>().toEqualTypeOf<true>();
expectTypeOf<Fits<UnderPressureOptions, FastifyUnderPressureOptions>>().toEqualTypeOf<true>();
expectTypeOf<Fits<UndiciOptions['agent'], Agent.Options>>().toEqualTypeOf<true>();
expectTypeOf<Fits<UndiciOptions['retry'], RetryHandler.RetryOptions>>().toEqualTypeOf<true>();
expectTypeOf<Fits<ReturnType<UndiciOptions['request']>, RequestTakes>>().toEqualTypeOf<true>();
expectTypeOf<Fits<OpossumOptions, OpossumSettings>>().toEqualTypeOf<true>();
expectTypeOf<Fits<PgOptions, PoolConfig>>().toEqualTypeOf<true>();
expectTypeOf<Fits<IoredisOptions, RedisOptions>>().toEqualTypeOf<true>();
expectTypeOf<Fits<BullMqOptions['worker'], WorkerOptions>>().toEqualTypeOf<true>();
expectTypeOf<Fits<BullMqOptions['job'], JobsOptions>>().toEqualTypeOf<true>();
expectTypeOf<Fits<PinoOptions, LoggerOptions>>().toEqualTypeOf<true>();
expectTypeOf<Fits<{ readonly poolMax: number }, PoolConfig>>().toEqualTypeOf<false>();

it('the shipped values, as the libraries take them', () => {
  const settings = loadShipped();
  expect({
    node: toNodeServer(settings.httpServer),
    fastify: toFastify(settings.httpServer),
    underPressure: toUnderPressure(settings.httpServer),
    undici: toUndici(settings.httpClient),
    opossum: toOpossum(settings.httpClient),
    pg: toPg(settings.postgres, () => 0.5),
    ioredis: toIoredis(settings.cache),
    bullmq: toBullMq(settings.jobs),
    healthCheck: toHealthCheck(settings.health),
    pino: toPino({ ...settings.logging, redactKeys: 'token' }),
  }).toMatchInlineSnapshot(`
    {
      "bullmq": {
        "job": {
          "attempts": 5,
          "backoff": {
            "delay": 1000,
            "jitter": 0.5,
            "type": "exponential",
          },
        },
        "worker": {
          "concurrency": 10,
          "lockDuration": 30000,
          "maxStalledCount": 1,
          "stalledInterval": 30000,
        },
      },
      "fastify": {
        "bodyLimit": 1048576,
        "handlerTimeout": 25000,
        "http": {
          "connectionsCheckingInterval": 1500,
          "headersTimeout": 15000,
          "keepAliveTimeout": 72000,
          "keepAliveTimeoutBuffer": 1000,
          "maxHeaderSize": 16384,
          "requestTimeout": 30000,
        },
        "keepAliveTimeout": 72000,
        "maxRequestsPerSocket": 0,
        "requestTimeout": 30000,
        "trustProxy": false,
      },
      "healthCheck": {
        "everyMs": 5000,
        "failAfter": 2,
        "timeoutMs": 500,
      },
      "ioredis": {
        "commandTimeout": 500,
        "connectTimeout": 2000,
        "enableOfflineQueue": false,
        "maxRetriesPerRequest": 1,
        "retryStrategy": [Function],
      },
      "node": {
        "connectionsCheckingInterval": 1500,
        "headersTimeout": 15000,
        "keepAliveTimeout": 72000,
        "keepAliveTimeoutBuffer": 1000,
        "maxHeaderSize": 16384,
        "requestTimeout": 30000,
      },
      "opossum": {
        "errorThresholdPercentage": 50,
        "resetTimeout": 30000,
        "rollingCountTimeout": 10000,
        "timeout": 10000,
        "volumeThreshold": 20,
      },
      "pg": {
        "connectionTimeoutMillis": 3000,
        "idleTimeoutMillis": 60000,
        "max": 10,
        "maxLifetimeSeconds": 1800,
        "query_timeout": 17000,
      },
      "pino": {
        "depthLimit": 5,
        "edgeLimit": 100,
        "hooks": {
          "streamWrite": [Function],
        },
        "level": "info",
        "redact": {
          "censor": [Function],
          "paths": [
            "["token"]",
            "["Token"]",
            "["TOKEN"]",
            "*",
          ],
        },
      },
      "underPressure": {
        "maxEventLoopDelay": 1000,
        "retryAfter": 10,
      },
      "undici": {
        "agent": {
          "bodyTimeout": 10000,
          "connect": {
            "timeout": 2000,
          },
          "connections": 50,
          "headersTimeout": 3000,
          "keepAliveMaxTimeout": 4000,
          "keepAliveTimeout": 4000,
          "maxResponseSize": 10485760,
        },
        "request": [Function],
        "retry": {
          "errorCodes": [
            "ECONNRESET",
            "ECONNREFUSED",
            "ENOTFOUND",
            "ENETDOWN",
            "ENETUNREACH",
            "EHOSTDOWN",
            "EHOSTUNREACH",
            "EPIPE",
            "UND_ERR_SOCKET",
            "UND_ERR_CONNECT_TIMEOUT",
            "UND_ERR_HEADERS_TIMEOUT",
          ],
          "maxRetries": 2,
          "maxTimeout": 2000,
          "methods": [
            "GET",
            "HEAD",
            "OPTIONS",
            "PUT",
            "DELETE",
          ],
          "minTimeout": 100,
          "retry": [Function],
          "retryAfter": true,
          "statusCodes": [
            429,
            502,
            503,
            504,
          ],
          "timeoutFactor": 2,
        },
      },
    }
  `);
});

it('any valid values build a server of node:http', () => {
  const ms = (min: number, max: number) => fc.integer({ min, max });
  const values = fc.record({
    request: ms(1_000, 300_000),
    headers: ms(1_000, 60_000),
    keepAlive: ms(60_001, 900_000),
    buffer: ms(0, 60_000),
    maxHeader: fc.integer({ min: 4_096, max: 65_536 }),
  });
  fc.assert(
    fc.property(values, ({ request, headers, keepAlive, buffer, maxHeader }) => {
      const settings = loadGroup(httpServer, {
        HTTP_REQUEST_TIMEOUT: `${Math.max(request, headers)}ms`,
        HTTP_HEADERS_TIMEOUT: `${headers}ms`,
        HTTP_KEEP_ALIVE_TIMEOUT: `${keepAlive}ms`,
        HTTP_KEEP_ALIVE_TIMEOUT_BUFFER: `${buffer}ms`,
        HTTP_MAX_HEADER_SIZE: `${maxHeader}B`,
      });
      const options = toNodeServer(settings);
      expect(createServer(options)).toMatchObject({ requestTimeout: options.requestTimeout });
      expect(options.connectionsCheckingInterval).toBeLessThanOrEqual(headers / 10);
    }),
    { examples: [[{ request: 1_001, headers: 1_001, keepAlive: 72_000, buffer: 1_000, maxHeader: 16_384 }]] },
  );
});

it('trusted proxies reach Fastify as a list, and none as "trust nobody"', () => {
  const { httpServer } = loadShipped({ HTTP_TRUSTED_PROXIES: '10.0.0.0/8,192.168.1.7' });
  expect(toFastify(httpServer).trustProxy).toEqual(['10.0.0.0/8', '192.168.1.7']);
  expect(toFastify(loadShipped().httpServer).trustProxy).toBe(false);
});

it('a ratio becomes percent without a rounding error', () => {
  const { httpClient } = loadShipped({ HTTP_CLIENT_BREAKER_ERROR_RATIO: '0.07' });
  expect(toOpossum(httpClient).errorThresholdPercentage).toBe(7);
});

it.each(['0.05', '0.99'])('a breaker with the ratio %s opens when every call fails', async (ratio) => {
  const settings = loadGroup(httpClient, { HTTP_CLIENT_BREAKER_ERROR_RATIO: ratio });
  const breaker = new CircuitBreaker(() => Promise.reject(new Error('callee failed')), toOpossum(settings));
  onTestFinished(() => breaker.shutdown());
  await Promise.allSettled(Array.from({ length: settings.breakerMinimumCalls }, () => breaker.fire()));
  expect(breaker.opened).toBe(true);
});

it('half a second more of Retry-After is a second more', () => {
  const { httpServer } = loadShipped({ HTTP_SHED_RETRY_AFTER: '1500ms' });
  expect(toUnderPressure(httpServer).retryAfter).toBe(2);
});

it('connections live as long as the setting says, give or take the jitter, and never for ever', () => {
  const { postgres } = loadShipped();
  expect([0, 0.5, 0.999_999].map((drawn) => toPg(postgres, () => drawn).maxLifetimeSeconds)).toEqual([
    1_620, 1_800, 1_980,
  ]);
  expect(toPg({ ...postgres, connectionLifetimeMs: 1 }, () => 0).maxLifetimeSeconds).toBe(1);
});

it('the pause before a new connection to the cache doubles up to its cap, and a random part is added', () => {
  const { cache } = loadShipped();
  const pauses = (drawn: number) => [1, 2, 7, 8, 2_000].map(toIoredis(cache, () => drawn).retryStrategy);
  expect(pauses(0)).toEqual([50, 100, 3_200, 5_000, 5_000]);
  expect(pauses(0.999_999)).toEqual([249, 299, 3_399, 5_199, 5_199]);
});
