import type { HealthSnapshot } from '../../health-snapshot.ts';
import { durationBoundsSeconds, type RequestSeries } from '../../recording/request-series.ts';
import { labels, type MetricFamily, type Sample } from './metric-family.ts';

/** What requests did since the process started, under OpenTelemetry's stable names where it has one. */
export function requestMetrics({ sinceStart, totals }: HealthSnapshot): MetricFamily[] {
  return [
    {
      name: 'http_server_request_duration_seconds',
      type: 'histogram',
      help: 'Duration of HTTP server requests.',
      samples: sinceStart.flatMap(durationSamples),
    },
    {
      name: 'http_server_active_requests',
      type: 'gauge',
      help: 'HTTP server requests in flight.',
      samples: [{ value: totals.activeRequests }],
    },
    {
      name: 'cache_lookups_total',
      type: 'counter',
      help: 'Requests that asked a cache, by what they found.',
      samples: [
        { labels: labels({ result: 'hit' }), value: totals.cacheHits },
        { labels: labels({ result: 'miss' }), value: totals.cacheMisses },
      ],
    },
    {
      name: 'database_calls_total',
      type: 'counter',
      help: 'Database calls made while requests were answered.',
      samples: [{ value: totals.databaseCalls }],
    },
  ];
}

const bounds = durationBoundsSeconds.map(String);

function durationSamples({ route, method, status, bucketCounts, count, sumSeconds }: RequestSeries): Sample[] {
  const own = labels({ http_request_method: method, http_response_status_code: String(status), http_route: route });
  let seen = 0;
  const buckets = bounds.map((bound, index): Sample => {
    seen += bucketCounts[index] ?? 0;
    return { suffix: '_bucket', labels: `${own},le="${bound}"`, value: seen };
  });
  return [
    ...buckets,
    { suffix: '_bucket', labels: `${own},le="+Inf"`, value: count },
    { suffix: '_sum', labels: own, value: sumSeconds },
    { suffix: '_count', labels: own, value: count },
  ];
}
