import type { CheckGate, Objectives } from './health-options.ts';
import type { JobTotals } from './jobs/job-totals.ts';
import type { RequestSeries } from './recording/request-series.ts';
import type { Traffic } from './recording/traffic.ts';
import type { DeployVerdict } from './verdict/judge-deployment.ts';

/**
 * What one background check last found.
 *
 * @example
 * ```ts
 * import { type CheckSnapshot, createHealth } from '@seaworthy/healthcheck';
 *
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0', checks: { disk: { run: () => true } } });
 * const disk: CheckSnapshot | undefined = health.snapshot().checks[0];
 * if (disk?.status !== 'warn' || disk.at !== null) throw new Error('a check that has not run yet is not green');
 * health.close();
 * ```
 */
export interface CheckSnapshot {
  readonly name: string;
  readonly componentType: string;
  readonly gates: CheckGate;
  readonly status: 'pass' | 'warn' | 'fail';
  readonly durationMs: number | null;
  /** Milliseconds since 1970 of the last run; null before the first. */
  readonly at: number | null;
}

/**
 * Everything that a rendering of the health needs, at one moment.
 *
 * What is in `window` and `sinceStart` is summed up when it is first read; the rest is at hand.
 *
 * @example
 * ```ts
 * import { createHealth, type HealthSnapshot } from '@seaworthy/healthcheck';
 *
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });
 * const snapshot: HealthSnapshot = health.snapshot();
 * if (!snapshot.ready || snapshot.window.total.requests !== 0) throw new Error('not a fresh service');
 * health.close();
 * ```
 */
export interface HealthSnapshot {
  readonly serviceId: string;
  readonly releaseId: string;
  /** Milliseconds since 1970, as every time here. */
  readonly wallMs: number;
  readonly startedAtMs: number;
  /** Started, not draining, and no check that gates `ready` is failed, stale or has not passed yet. */
  readonly ready: boolean;
  /** Every check that gates `startup` has passed once. */
  readonly started: boolean;
  readonly draining: boolean;
  readonly objectives: Readonly<Objectives>;
  readonly checks: readonly CheckSnapshot[];
  /** The current minute and those before it, `minutes` in all. */
  readonly window: {
    readonly minutes: number;
    readonly total: Traffic;
    /** By template, such as `/orders/{orderNumber}`; at most `maxRoutes`, and `other`. */
    readonly routes: ReadonlyMap<string, Traffic>;
  };
  /** At most 500, in the order of their first request; those after them are `other`, by status. */
  readonly sinceStart: readonly RequestSeries[];
  /** Since the process started; `activeRequests` now. */
  readonly totals: {
    readonly cacheHits: number;
    readonly cacheMisses: number;
    readonly databaseCalls: number;
    readonly activeRequests: number;
  };
  readonly jobs: readonly JobTotals[];
  /** Undefined without a history. */
  readonly deploy: DeployVerdict | undefined;
}
