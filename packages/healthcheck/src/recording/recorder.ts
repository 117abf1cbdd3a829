import type { HealthSnapshot } from '../health-snapshot.ts';
import type { RequestMarks } from './request-marks.ts';
import { SeriesSinceStart } from './request-series.ts';
import { RouteNames } from './route-names.ts';
import { TrafficWindow, windowMinutes } from './traffic-window.ts';
import type { Traffic } from './traffic.ts';

/** Everything that is counted about requests; its memory is bounded whatever arrives. */
export class Recorder {
  readonly window = new TrafficWindow();
  readonly #steadyMs: (elapsedMs: number) => number;
  readonly #routes: RouteNames;
  readonly #series = new SeriesSinceStart();
  #active = 0;
  #cacheHits = 0;
  #cacheMisses = 0;
  #databaseCalls = 0;

  /** `steadyMs` turns a time of the marks into one of the window. */
  constructor(maxRoutes: number, steadyMs: (elapsedMs: number) => number = (elapsedMs) => elapsedMs) {
    this.#steadyMs = steadyMs;
    this.#routes = new RouteNames(maxRoutes);
  }

  begin(): void {
    this.#active += 1;
  }

  end(endedAt: number, marks: RequestMarks, method: string | undefined, status: number): void {
    const durationMs = endedAt - marks.startedAt;
    const route = this.#routes.numberOf(marks.route);
    this.window.record(this.#steadyMs(endedAt), route, marks, durationMs, status);
    this.#series.record(route, method, status, durationMs);
    this.#active -= 1;
    this.#databaseCalls += marks.databaseCalls;
    if (marks.cache === 'hit') this.#cacheHits += 1;
    else if (marks.cache === 'miss') this.#cacheMisses += 1;
  }

  /** Each sum is made when it is first read: routes are many, and few ask for them. */
  readWindow(atMs: number): HealthSnapshot['window'] {
    const { window } = this;
    const { names } = this.#routes;
    let total: Traffic | undefined;
    let routes: Map<string, Traffic> | undefined;
    return {
      minutes: windowMinutes,
      get total() {
        return (total ??= window.total(atMs));
      },
      get routes() {
        return (routes ??= window.routes(atMs, names));
      },
    };
  }

  readSinceStart(): HealthSnapshot['sinceStart'] {
    return this.#series.read(this.#routes.names);
  }

  readTotals(): HealthSnapshot['totals'] {
    return {
      cacheHits: this.#cacheHits,
      cacheMisses: this.#cacheMisses,
      databaseCalls: this.#databaseCalls,
      activeRequests: this.#active,
    };
  }
}
