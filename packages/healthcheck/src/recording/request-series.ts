import { otherRoute } from './route-names.ts';

/** Upper bounds in seconds, as OpenTelemetry gives them for `http.server.request.duration`. */
export const durationBoundsSeconds = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
] as const;

/**
 * The requests of one route, method and status since the process started.
 *
 * @example
 * ```ts
 * import { createHealth, type RequestSeries } from '@seaworthy/healthcheck';
 *
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });
 * const series: readonly RequestSeries[] = health.snapshot().sinceStart;
 * if (series.length > 0) throw new Error('no request was measured yet');
 * health.close();
 * ```
 */
export interface RequestSeries {
  /** A template such as `/orders/{orderNumber}`, or `other`. */
  readonly route: string;
  /** A known method, or `_OTHER`. */
  readonly method: string;
  readonly status: number;
  /** One count for each bound of `durationBoundsSeconds`, and a last one for what is above; not cumulative. */
  readonly bucketCounts: readonly number[];
  readonly count: number;
  readonly sumSeconds: number;
}

/** The methods of OpenTelemetry's `http.request.method`; anybody can send any other. */
const methods = [
  '_OTHER',
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'CONNECT',
  'TRACE',
  'QUERY',
] as const;
const methodNumbers: ReadonlyMap<string, number> = new Map(methods.map((method, number) => [method, number]));

/**
 * Fifty routes with ten pairs of method and status each. A page of `/metrics` takes 3 KB and 20 µs of the event loop for
 * each: 1.6 MB and 10 ms, where the 2000 that OpenTelemetry allows one metric take four times as much. Leaving out empty
 * buckets would save most of it and be wrong: a bucket that appears later has no rate, and instances could not be summed up.
 */
const mostSeries = 500;

class Series {
  readonly route: number;
  readonly method: number;
  readonly status: number;
  readonly bucketCounts: number[] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  sumSeconds = 0;

  constructor(route: number, method: number, status: number) {
    this.route = route;
    this.method = method;
    this.status = status;
  }

  record(seconds: number): void {
    let bucket = 0;
    while (seconds > (durationBoundsSeconds[bucket] ?? Number.POSITIVE_INFINITY)) bucket += 1;
    this.bucketCounts[bucket] = (this.bucketCounts[bucket] ?? 0) + 1;
    this.sumSeconds += seconds;
  }
}

/** Counts since the start of the process, in a bounded number of series. */
export class SeriesSinceStart {
  readonly #series = new Map<number, Series>();

  record(route: number, method: string | undefined, status: number, durationMs: number): void {
    const number = methodNumbers.get(method ?? '') ?? 0;
    // Node answers with statuses below 1000, so every series has a key of its own.
    const key = (route * methods.length + number) * 1000 + status;
    const series = this.#series.get(key) ?? this.#add(key, route, number, status);
    series.record(durationMs / 1000);
  }

  read(routeNames: readonly string[]): RequestSeries[] {
    return Array.from(this.#series.values(), ({ route, method, status, bucketCounts, sumSeconds }) => ({
      route: routeNames[route] ?? otherRoute,
      method: methods[method] ?? methods[0],
      status,
      bucketCounts: [...bucketCounts],
      count: bucketCounts.reduce((sum, count) => sum + count, 0),
      sumSeconds,
    }));
  }

  /** Beyond the limit only the status is told apart, of which there are few. */
  #add(key: number, route: number, method: number, status: number): Series {
    if (this.#series.size < mostSeries || key < 1000) {
      const series = new Series(route, method, status);
      this.#series.set(key, series);
      return series;
    }
    return this.#series.get(status) ?? this.#add(status, 0, 0, status);
  }
}
