import type { History } from './history/history.ts';

/**
 * What the failure of a check does.
 *
 * @example
 * ```ts
 * import { type CheckGate, createHealth } from '@seaworthy/healthcheck';
 *
 * const gates: CheckGate = 'startup';
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0', checks: { cache: { run: () => true, gates } } });
 * if (health.snapshot().started) throw new Error('the check has not passed yet');
 * health.close();
 * ```
 */
export type CheckGate = 'report' | 'ready' | 'startup';

/**
 * What one background check runs, how often, and what its failure does.
 *
 * A check that ignores its signal is not started again while it still runs; it goes stale, and stale is never green.
 *
 * @example
 * ```ts
 * import { type Check, createHealth } from '@seaworthy/healthcheck';
 *
 * const disk: Check = { run: () => true, everyMs: 30_000, gates: 'ready' };
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0', checks: { disk } });
 * if (health.ready()) throw new Error('a check that has not run yet must not be green');
 * health.close();
 * ```
 */
export interface Check {
  /** Passes when it returns or resolves, fails when it throws or rejects. The signal is aborted at the time-out. */
  run(signal: AbortSignal): unknown;
  /** Time between two runs, ±10 % so that replicas do not run in step. @default 5000 */
  everyMs?: number;
  /** @default 1000 */
  timeoutMs?: number;
  /** Failures in a row before a check that has passed counts as failed. @default 2 */
  failAfter?: number;
  /**
   * `report` warns and keeps the traffic; `ready` takes this instance out of the balancer; `startup` keeps it from being
   * started until the check has passed once, and reports from then on.
   *
   * @default 'report'
   */
  gates?: CheckGate;
  /** Printed in the document, for example `datastore`. @default 'component' */
  componentType?: string;
}

/**
 * What `onCheckFailed` receives; the only place where the error of a check appears.
 *
 * @example
 * ```ts
 * import { type CheckFailure, createHealth } from '@seaworthy/healthcheck';
 *
 * const failure = await new Promise<CheckFailure>((resolve) => {
 *   const run = () => Promise.reject(new Error('connection refused'));
 *   const health = createHealth({
 *     serviceId: 'orders',
 *     releaseId: '1.0.0',
 *     checks: { database: { run } },
 *     onCheckFailed: resolve,
 *   });
 *   // The timers of a check do not keep a process alive; in a service its server does.
 *   setTimeout(() => health.close(), 100);
 * });
 * if (failure.check !== 'database' || failure.consecutiveFailures !== 1) throw new Error('not the failure of database');
 * ```
 */
export interface CheckFailure {
  readonly check: string;
  readonly consecutiveFailures: number;
  readonly error: unknown;
}

/**
 * Limits of the last minutes; above one of them the document warns.
 *
 * Without `responseTimeMs` the answer `slow` stays `not enough data`: nothing says what slow is.
 *
 * @example
 * ```ts
 * import { createHealth, type Objectives } from '@seaworthy/healthcheck';
 *
 * const objectives: Objectives = { responseTimeMs: 250, errorRate: 0.001, databaseCallsPerRequest: 3 };
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0', objectives });
 * if (health.document(false).answers.slow !== 'not enough data') throw new Error('no request was measured yet');
 * health.close();
 * ```
 */
export interface Objectives {
  /** Limit of the 95th percentile. */
  responseTimeMs?: number;
  /** Share of requests answered with 500 or more, from 0 to 1. */
  errorRate?: number;
  databaseCallsPerRequest?: number;
}

/**
 * Options of `createHealth`.
 *
 * @example
 * ```ts
 * import { createHealth, type HealthOptions } from '@seaworthy/healthcheck';
 *
 * const options: HealthOptions = { serviceId: 'orders', releaseId: '1.0.0', token: 'a-token-of-16-or-more' };
 * const health = createHealth(options);
 * if (health.document(false).serviceId !== 'orders') throw new Error('the document names another service');
 * health.close();
 * ```
 */
export interface HealthOptions {
  serviceId: string;
  releaseId: string;
  /**
   * Opens the full document, `/metrics` and `/status`, as a Bearer token or as the password of HTTP Basic; at least 16
   * characters. Without it nobody gets them on the main port.
   */
  token?: string;
  objectives?: Objectives;
  /** By name; a name holds no colon and is not `http`. */
  checks?: Record<string, Check>;
  /** Called after every failed run. What it throws is dropped: a log must not end the service. */
  onCheckFailed?: (failure: CheckFailure) => void;
  /**
   * Routes that are told apart, in the order of their first request; the others are counted together as `other`.
   *
   * @default 50
   */
  maxRoutes?: number;
  /** Put before the path of every endpoint, for example `/internal`. @default '' */
  prefix?: string;
  /** Where completed minutes are kept; without one the answer `deploy` stays `not measured`. */
  history?: History;
  /** When this release was deployed, in milliseconds since 1970. @default the start of the process */
  deployedAt?: number;
  /** The release before this one; when both run at once, they are compared minute by minute. */
  previousReleaseId?: string;
  /** Called when the history fails or falls behind. What it throws is dropped. */
  onHistoryProblem?: (error: unknown) => void;
  /** Milliseconds since 1970. For tests: when given, durations and staleness are read from it too. */
  now?: () => number;
  /** Starts a timer and returns what cancels it. For tests. @default an unref'd `setTimeout` */
  schedule?: (task: () => void, delayMs: number) => () => void;
}
