import { vi } from 'vitest';

import { toBullMq } from '../adapters/to-bull-mq.ts';
import { toEntryLifetime } from '../adapters/to-entry-lifetime.ts';
import { toFastify } from '../adapters/to-fastify.ts';
import { toHealthCheck } from '../adapters/to-health-check.ts';
import { toIoredis } from '../adapters/to-ioredis.ts';
import { toNodeServer } from '../adapters/to-node-server.ts';
import { toOpossum } from '../adapters/to-opossum.ts';
import { toPg } from '../adapters/to-pg.ts';
import { toPino } from '../adapters/to-pino.ts';
import { toUnderPressure } from '../adapters/to-under-pressure.ts';
import { toUndici } from '../adapters/to-undici.ts';

import type { loadShipped } from './shipped-groups.ts';

type Shipped = ReturnType<typeof loadShipped>;

const random = () => 0.25;
const counters = Array.from({ length: 12 }, (_, index) => index + 1);
const logged = {
  iban: 'DE1',
  headers: { authorization: 'a' },
  list: counters,
  a: { b: { c: { d: { e: { f: 1 } } } } },
};

/** What one failed attempt leads to: the wait before the next one, or none. Needs the fake timers of vitest. */
function waitAfter(retry: ReturnType<typeof toUndici>['retry'], counter: number, method: string, statusCode: number) {
  let ended = false;
  const done = () => (ended = true);
  const failure = Object.assign(new Error('failed'), { statusCode, headers: {} });
  const startedMs = Date.now();
  retry.retry(failure, { state: { counter }, opts: { method } }, done);
  if (ended) return 'no retry';
  vi.runAllTimers();
  return Date.now() - startedMs;
}

function undiciBehaviour(settings: Shipped['httpClient']) {
  const { agent, retry, request } = toUndici(settings, random);
  const deadline = vi.spyOn(AbortSignal, 'timeout');
  for (let call = 0; call < 60; call += 1) request();
  return {
    agent,
    deadlineMs: deadline.mock.lastCall,
    methods: ['GET', 'DELETE'].map((method) => waitAfter(retry, 1, method, 503)),
    statuses: [429, 504].map((status) => waitAfter(retry, 1, 'GET', status)),
    waits: counters.map((counter) => waitAfter(retry, counter, 'GET', 503)),
    budget: counters.map(() => waitAfter(retry, 1, 'GET', 503)),
  };
}

/** Everything the adapters make of settings, as data: functions are called, and what they do stands in their place. */
export function adapterOutputs(settings: Shipped) {
  const { retryStrategy, ...ioredis } = toIoredis(settings.cache, random);
  const { redact, hooks, ...pino } = toPino(settings.logging);
  return {
    node: toNodeServer(settings.httpServer),
    fastify: toFastify(settings.httpServer),
    underPressure: toUnderPressure(settings.httpServer),
    undici: undiciBehaviour(settings.httpClient),
    opossum: toOpossum(settings.httpClient),
    pg: toPg(settings.postgres, random),
    ioredis: { ...ioredis, pauses: counters.map(retryStrategy) },
    lifetimes: [true, false].map((found) => toEntryLifetime(settings.cache, { found }, random)),
    bullMq: toBullMq(settings.jobs),
    healthCheck: toHealthCheck(settings.health),
    pino: {
      ...pino,
      written: redact.censor(logged, []),
      hidden: redact.paths,
      line: hooks.streamWrite('{"Iban":"DE1"}\n'),
    },
  };
}
