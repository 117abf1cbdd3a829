import type { DeployTest, DeployVerdict, SmallestChange, VerdictWord } from '../verdict/deploy-verdict.ts';

/**
 * `pass`: well. `warn`: serving, and somebody should look. `fail`: not ready for traffic.
 *
 * @example
 * ```ts
 * import { createHealth, type HealthStatus } from '@seaworthy/healthcheck';
 *
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });
 * const status: HealthStatus = health.document(false).status;
 * if (status !== 'pass') throw new Error('nothing is wrong yet');
 * health.close();
 * ```
 */
export type HealthStatus = 'pass' | 'warn' | 'fail';

/**
 * One measured value; null where nothing was measured.
 *
 * @example
 * ```ts
 * import { createHealth, type HealthMeasurement } from '@seaworthy/healthcheck';
 *
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });
 * const measurement: HealthMeasurement | undefined = health.document(true).checks?.['http:errorRate']?.[0];
 * if (measurement?.observedValue !== null) throw new Error('no request was measured yet');
 * health.close();
 * ```
 */
export interface HealthMeasurement {
  readonly componentType: string;
  readonly observedValue: unknown;
  readonly observedUnit: 'ms' | '1' | 'count';
  readonly status: HealthStatus;
  /** ISO 8601 in UTC. */
  readonly time: string;
  /** Counts behind a ratio: `requests`, `errors`, `lookups`, `hits`, `misses`, `calls`. */
  readonly [count: string]: unknown;
}

/**
 * The four answers, in plain words.
 *
 * `slow` is `not enough data` below 40 timed requests and without an objective. `jobs` is `failing` while the last run
 * that did anything failed. `deploy` is `not measured` without a history, and
 * `collecting` before the first reading and until the history has been read once.
 *
 * @example
 * ```ts
 * import { createHealth, type HealthAnswers } from '@seaworthy/healthcheck';
 *
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });
 * health.jobFinished('nightly-invoices', 'failed');
 * const answers: HealthAnswers = health.document(false).answers;
 * if (answers.up !== 'yes' || answers.jobs !== 'failing') throw new Error('the failed job was not reported');
 * health.close();
 * ```
 */
export interface HealthAnswers {
  readonly up: 'yes' | 'no' | 'starting' | 'draining';
  readonly slow: 'no' | 'yes' | 'not enough data';
  readonly jobs: 'ok' | 'failing' | 'no jobs';
  readonly deploy: VerdictWord | `preliminary: ${VerdictWord}` | 'collecting' | 'not measured';
}

/**
 * The number behind each answer; null where nothing was measured.
 *
 * @example
 * ```ts
 * import { createHealth, type HealthNumbers } from '@seaworthy/healthcheck';
 *
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0', objectives: { responseTimeMs: 250 } });
 * const { slow }: HealthNumbers = health.document(false).numbers;
 * if (slow.p95Ms !== null || slow.objectiveMs !== 250) throw new Error('no request was timed yet');
 * health.close();
 * ```
 */
export interface HealthNumbers {
  readonly up: { readonly uptimeSeconds: number; readonly checks: number; readonly checksPassing: number };
  /** `requests` are those with a time: answered below 500, and not hung up. */
  readonly slow: {
    readonly p95Ms: number | null;
    readonly objectiveMs: number | null;
    readonly requests: number;
    readonly minutes: number;
  };
  readonly jobs: { readonly total: number; readonly failing: number };
  readonly deploy: {
    readonly previousReleaseId: string | null;
    /** Minutes after the deployment at which it was read; null before the first reading. */
    readonly readAfterMinutes: number | null;
    readonly requestsBefore: number;
    readonly requestsAfter: number;
    readonly changed: readonly Pick<DeployTest, 'stratum' | 'kind' | 'before' | 'after'>[];
    /** The slow-down that would have shown, as a share; null where none would have. */
    readonly smallestSlowDown: SmallestChange['slowDown'];
  } | null;
}

/**
 * Response times of the last minutes, in buckets of the log-linear histogram that hold anything, and how many.
 *
 * Failed requests are kept apart: a quick failure is no quick answer.
 *
 * @example
 * ```ts
 * import { createHealth, type HealthHistograms } from '@seaworthy/healthcheck';
 *
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });
 * const histograms: HealthHistograms | undefined = health.document(true).histograms;
 * if (histograms?.unit !== 'us' || histograms.miss.length !== 0) throw new Error('no request was timed yet');
 * health.close();
 * ```
 */
export interface HealthHistograms {
  /** Microseconds. */
  readonly unit: 'us';
  readonly minutes: number;
  readonly hit: readonly (readonly [bucket: number, count: number])[];
  readonly miss: readonly (readonly [bucket: number, count: number])[];
  readonly none: readonly (readonly [bucket: number, count: number])[];
  readonly failed: readonly (readonly [bucket: number, count: number])[];
}

/**
 * The health document, contract `health/1`.
 *
 * Only the full document has `checks`, `histograms` and `deploy`; neither form ever holds the text of an error.
 *
 * @example
 * ```ts
 * import { createHealth, type HealthDocument } from '@seaworthy/healthcheck';
 *
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });
 * const document: HealthDocument = health.document(false);
 * if (document.answers.up !== 'yes' || document.checks !== undefined) throw new Error('not the public document');
 * health.close();
 * ```
 */
export interface HealthDocument {
  readonly status: HealthStatus;
  readonly contract: 'health/1';
  readonly serviceId: string;
  readonly releaseId: string;
  readonly answers: HealthAnswers;
  readonly numbers: HealthNumbers;
  readonly checks?: Readonly<Record<string, readonly HealthMeasurement[]>>;
  /** Of the last minutes, so that two saved documents can be compared. */
  readonly histograms?: HealthHistograms;
  readonly deploy?: DeployVerdict;
}
