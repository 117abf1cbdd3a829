import type { RequestListener } from 'node:http';
import type { HealthDocument } from './serve/health-document.ts';
import type { HealthSnapshot } from './health-snapshot.ts';
import type { JobOutcome } from './jobs/job-totals.ts';
import type { RequestMarks } from './recording/request-marks.ts';

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
   * The door of node:http and Express: answers the endpoints before the handler and measures every other request, until
   * its response is closed. Around a handler that is wrapped already, it measures nothing twice.
   *
   * A request whose client hangs up counts as 499, which is no error; one whose response breaks off with an error, as
   * 500. The code of the request finds its marks, that of the events of its body too. Express names its routes by
   * itself; other handlers call `route`.
   */
  wrap(handler: RequestListener): RequestListener;
  /**
   * Adds database calls to the current request, one unless told.
   *
   * Outside a request, and for anything but a whole number above 0, nothing happens: a measurement never fails a request.
   */
  db(calls?: number): void;
  /**
   * Counts every statement of a pool or a connection of `pg` or `mysql2` as a database call of the request that makes
   * it, and returns the same object; also of the connections that the pool hands out, and so of transactions.
   *
   * Call it once, before the pool is used. Methods are replaced on the object itself; what they take and return stays,
   * and a callback keeps the marks of its request.
   *
   * @throws {HealthError} `HEALTH_ARGUMENT_INVALID` for anything without a method `query`.
   */
  countQueries<Driver extends object>(driver: Driver): Driver;
  /** The logger for `new Kysely({ dialect, log: health.kyselyLog })`: every statement is one database call. */
  readonly kyselyLog: () => void;
  /**
   * Counts every message on a channel of `node:diagnostics_channel` as a database call of the request in whose code it
   * is published, until `close()`: `sqlite.db.query` of Node, `tracing:mssql:query:start`.
   *
   * A driver whose pool waits before it publishes does so in the code of whoever gave the connection back, as `mysql2`
   * does: `countQueries` counts that right.
   *
   * @throws {HealthError} `HEALTH_ARGUMENT_INVALID` for anything but the name of a channel.
   */
  countPublished(channel: string): void;
  /** Marks the current request. A miss stays a miss: a later hit of the same request must not hide what it paid. */
  cache(status: 'hit' | 'miss'): void;
  /**
   * Names the route of the current request by its template, such as `/orders/{orderNumber}` or `/orders/:orderNumber`.
   *
   * The doors of the frameworks do so by themselves. A path as it was asked for is no template: there is no end of them.
   */
  route(template: string): void;
  /** The marks of the current request, live; undefined outside a request. */
  current(): RequestMarks | undefined;
  /** False before it has started, while draining, and while a check that gates `ready` is failed, stale or has not passed yet. */
  ready(): boolean;
  /** Turns `/readyz` to 503 for good; `/livez` stays 200 and requests are still served. */
  drain(): void;
  /** Counts one run of background work. Names after the first hundred are counted together as `other`. */
  jobFinished(name: string, outcome: JobOutcome): void;
  /** Everything that is known at this moment, for a rendering of your own. */
  snapshot(): HealthSnapshot;
  /** The health document; `full` adds `checks`, `histograms` and, with a history, `deploy`. */
  document(full: boolean): HealthDocument;
  /**
   * Stops the background checks and aborts a running one, and ends what `countPublished` began and the minutes written to
   * the history. What the checks reported goes stale; requests are still measured.
   */
  close(): void;
}
