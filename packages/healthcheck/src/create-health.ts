import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { answerProbe } from './answer-probe.ts';
import { type BackgroundCheck, startBackgroundCheck } from './background-check.ts';
import { bearerToken } from './bearer-token.ts';
import { buildDocument } from './build-document.ts';
import { readClock, scheduleUnref } from './clock.ts';
import type { HealthDocument } from './health-document.ts';
import type { CheckFailure, HealthOptions } from './health-options.ts';
import type { Health } from './health.ts';
import { readOptions } from './read-options.ts';
import { type MutableMarks, RequestContext } from './request-context.ts';
import { TrafficWindow } from './traffic-window.ts';

/**
 * Starts the background checks and returns the health of one service.
 *
 * A probe is answered from memory: it never runs a check and never waits for one.
 *
 * @throws {HealthOptionsError} naming every option at fault, once.
 * @example
 * ```ts
 * import { once } from 'node:events';
 * import { createServer } from 'node:http';
 * import type { AddressInfo } from 'node:net';
 * import { createHealth } from '@seaworthy/healthcheck';
 *
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });
 * const server = createServer(health.wrap((_request, response) => response.end('hello')));
 * await once(server.listen(0, '127.0.0.1'), 'listening');
 *
 * const { port } = server.address() as AddressInfo;
 * const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
 * if (ready.status !== 200) throw new Error(`not ready: ${ready.status}`);
 *
 * health.close();
 * server.close();
 * ```
 */
export function createHealth(options: HealthOptions): Health {
  const resolved = readOptions(options);
  const clock = readClock(options.now);
  const mayReadAll = bearerToken(resolved.token);
  const context = new RequestContext();
  const traffic = new TrafficWindow();
  const surroundings = {
    clock,
    schedule: options.schedule ?? scheduleUnref,
    onFailed: reporter(options.onCheckFailed),
  };
  const checks = new Map<string, BackgroundCheck>();
  for (const [name, check] of resolved.checks) checks.set(name, startBackgroundCheck(name, check, surroundings));
  let draining = false;

  const ready = (): boolean => !draining && [...checks.values()].every((check) => check.reading().status !== 'fail');

  const document = (full: boolean): HealthDocument => {
    const total = traffic.total(clock.elapsedMs());
    return buildDocument(resolved, { traffic: total, checks, draining, ready: ready(), wallMs: clock.wallMs() }, full);
  };

  const measure = (handler: RequestListener, request: IncomingMessage, response: ServerResponse): void => {
    const startedAt = clock.elapsedMs();
    const marks: MutableMarks = { databaseCalls: 0, cache: 'none', startedAt };
    let counted = false;
    const count = (status: number): void => {
      if (counted) return;
      counted = true;
      const endedAt = clock.elapsedMs();
      traffic.record(endedAt, marks, endedAt - startedAt, status);
    };
    // A finished response closes too; only a close that comes first means that the client hung up.
    response.on('finish', () => count(response.statusCode));
    response.on('close', () => count(499));
    context.run(marks, handler, request, response);
  };

  return {
    wrap: (handler) => (request, response) => {
      if (context.holds(request)) handler(request, response);
      else if (!answerProbe(request, response, { ready, document, mayReadAll })) measure(handler, request, response);
    },
    db(calls = 1) {
      const marks = context.marks();
      if (marks && Number.isSafeInteger(calls) && calls > 0) marks.databaseCalls += calls;
    },
    cache(status) {
      const marks = context.marks();
      if (marks && (status === 'miss' || (status === 'hit' && marks.cache === 'none'))) marks.cache = status;
    },
    current: () => context.marks(),
    ready,
    drain() {
      draining = true;
    },
    document,
    close() {
      for (const check of checks.values()) check.stop();
    },
  };
}

function reporter(onCheckFailed: HealthOptions['onCheckFailed']): (failure: CheckFailure) => void {
  return (failure) => {
    Promise.resolve(failure)
      .then(onCheckFailed)
      .catch(() => {});
  };
}
