import type { RequestListener } from 'node:http';
import type { HealthDocument } from './health-document.ts';
import type { RequestMarks } from './request-marks.ts';

/**
 * Probes, measurements and background checks of one service.
 *
 * @example
 * ```ts
 * import { createHealth, type Health } from '@seaworthy/healthcheck';
 *
 * const health: Health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });
 * health.drain();
 * if (health.ready() || health.document(false).answers.up !== 'draining') throw new Error('it still takes traffic');
 * health.close();
 * ```
 */
export interface Health {
  /**
   * Answers `/livez`, `/readyz` and `/healthz` before the handler and measures every other request.
   *
   * A request whose client hangs up counts as 499, which is no error.
   */
  wrap(handler: RequestListener): RequestListener;
  /**
   * Adds database calls to the current request, one unless told.
   *
   * Outside a request, and for anything but a whole number above 0, nothing happens: a measurement never fails a request.
   */
  db(calls?: number): void;
  /** Marks the current request. A miss stays a miss: a later hit of the same request must not hide what it paid. */
  cache(status: 'hit' | 'miss'): void;
  /** The marks of the current request, live; undefined outside a request. */
  current(): RequestMarks | undefined;
  /** False while draining and while a check that gates `ready` is failed, stale or has not passed yet. */
  ready(): boolean;
  /** Turns `/readyz` to 503 for good; `/livez` stays 200 and requests are still served. */
  drain(): void;
  /** The health document; `full` adds `checks`. */
  document(full: boolean): HealthDocument;
  /** Stops the background checks and aborts a running one; what they reported goes stale. */
  close(): void;
}
