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
  readonly observedUnit: 'ms' | '1';
  readonly status: HealthStatus;
  /** ISO 8601 in UTC. */
  readonly time: string;
  /** Counts behind a ratio: `requests`, `errors`, `lookups`, `hits`, `misses`, `calls`. */
  readonly [count: string]: unknown;
}

/**
 * The health document, contract `health/1`.
 *
 * Only the full document has `checks`; neither form ever holds the text of an error.
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
  readonly answers: {
    readonly up: 'yes' | 'no' | 'draining';
    readonly slow: 'no' | 'yes' | 'not enough data';
    readonly jobs: 'not measured';
    readonly deploy: 'not measured';
  };
  readonly checks?: Readonly<Record<string, readonly HealthMeasurement[]>>;
}
