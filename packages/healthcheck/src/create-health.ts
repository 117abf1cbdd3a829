import { readClock, scheduleUnref } from './checks/clock.ts';
import { startChecks } from './checks/start-checks.ts';
import type { HealthOptions } from './health-options.ts';
import type { HealthSnapshot } from './health-snapshot.ts';
import type { Health } from './health.ts';
import { JobCounts } from './jobs/job-totals.ts';
import { readOptions } from './read-options.ts';
import { addDoor, answerEndpoint } from './recording/door-of.ts';
import { lookUpEndpoint } from './recording/look-up-endpoint.ts';
import { PublishedQueries } from './recording/published-queries.ts';
import { QueryCounter } from './recording/query-counter.ts';
import { Recorder } from './recording/recorder.ts';
import { RequestMeter } from './recording/request-meter.ts';
import { watchDeployment } from './recording/watch-deployment.ts';
import { buildDocument } from './serve/build-document.ts';
import { carriesToken } from './serve/carries-token.ts';

/**
 * Starts the background checks and returns the health of one service.
 *
 * A probe is answered from memory: it never runs a check and never waits for one.
 *
 * @throws {HealthError} `HEALTH_OPTIONS_INVALID`, with every option at fault.
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
  const { serviceId, releaseId, objectives, history, previousReleaseId } = resolved;
  const clock = readClock(options.now);
  const schedule = options.schedule ?? scheduleUnref;
  const startedAtMs = clock.wallMs();
  const checks = startChecks(resolved.checks, { clock, schedule, onFailed: guarded(options.onCheckFailed) });
  const recorder = new Recorder(resolved.maxRoutes, clock.steadyMs);
  const meter = new RequestMeter(clock, recorder);
  const jobs = new JobCounts();
  const queries = new QueryCounter(() => health.db());
  const published = new PublishedQueries(() => health.db());
  const deployedAtMs = resolved.deployedAt ?? startedAtMs;
  const onProblem = guarded(options.onHistoryProblem);
  const { window } = recorder;
  const deployment =
    history &&
    watchDeployment({ window, clock, schedule, releaseId, previousReleaseId, deployedAtMs, history, onProblem });
  let draining = false;

  const ready = (): boolean => !draining && checks.started() && checks.ready();

  const snapshot = (): HealthSnapshot => {
    let series: HealthSnapshot['sinceStart'] | undefined;
    return {
      serviceId,
      releaseId,
      objectives,
      startedAtMs,
      wallMs: clock.wallMs(),
      ready: ready(),
      started: checks.started(),
      draining,
      checks: checks.read(),
      window: recorder.readWindow(clock.steadyMs()),
      // Copied for whoever asks: a probe does not.
      get sinceStart() {
        return (series ??= recorder.readSinceStart());
      },
      totals: recorder.readTotals(),
      jobs: jobs.read(),
      deploy: deployment?.verdict(),
    };
  };

  const endpoints = lookUpEndpoint(
    { prefix: resolved.prefix, mayReadAll: carriesToken(resolved.token) },
    { ready, snapshot },
  );

  const health: Health = {
    wrap: (handler) => (request, response) => {
      if (meter.marksOf(request) === undefined) {
        if (answerEndpoint(endpoints, request, response)) return;
        meter.enter(request, response);
      }
      handler(request, response);
    },
    db(calls = 1) {
      const marks = meter.context.marks();
      if (marks && Number.isSafeInteger(calls) && calls > 0) marks.databaseCalls += calls;
    },
    cache(status) {
      const marks = meter.context.marks();
      if (marks && (status === 'miss' || (status === 'hit' && marks.cache === 'none'))) marks.cache = status;
    },
    route(template) {
      const marks = meter.context.marks();
      if (marks && typeof template === 'string' && template !== '') marks.route = template;
    },
    countQueries(driver) {
      queries.count(driver);
      return driver;
    },
    kyselyLog: () => health.db(),
    countPublished: (channel) => published.count(channel),
    current: () => meter.context.marks(),
    ready,
    drain() {
      draining = true;
    },
    jobFinished: (name, outcome) => jobs.record(name, outcome, clock.wallMs()),
    snapshot,
    document: (full) => buildDocument(snapshot(), full),
    close() {
      checks.stop();
      deployment?.stop();
      published.stop();
    },
  };
  addDoor(health, { endpoints, meter });
  return health;
}

/** What it throws is dropped: a log must not end the service. */
function guarded<Given>(report: ((given: Given) => void) | undefined): (given: Given) => void {
  return (given) => {
    Promise.resolve(given)
      .then(report)
      .catch(() => {});
  };
}
