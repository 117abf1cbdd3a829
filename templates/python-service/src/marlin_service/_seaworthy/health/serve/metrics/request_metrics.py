"""What requests did since the process started, under OpenTelemetry's names where it has one."""

from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from ...health_snapshot import HealthSnapshot
from ...recording.request_series import DURATION_BOUNDS_SECONDS, RequestSeries
from .metric_family import MetricFamily, Sample, labels

_BOUNDS: Final = (*map(str, DURATION_BOUNDS_SECONDS), "+Inf")


def request_metrics(snapshot: HealthSnapshot) -> list[MetricFamily]:
    """Returns the families of requests."""
    totals = snapshot.totals
    durations = [sample for series in snapshot.since_start for sample in _duration_samples(series)]
    return [
        MetricFamily(
            "http_server_request_duration_seconds",
            "histogram",
            "Duration of HTTP server requests.",
            durations,
        ),
        MetricFamily(
            "http_server_active_requests",
            "gauge",
            "HTTP server requests in flight.",
            [Sample(totals.active_requests)],
        ),
        MetricFamily(
            "cache_lookups_total",
            "counter",
            "Requests that asked a cache, by what they found.",
            [
                Sample(totals.cache_hits, labels(result="hit")),
                Sample(totals.cache_misses, labels(result="miss")),
            ],
        ),
        MetricFamily(
            "database_calls_total",
            "counter",
            "Database calls made while requests were answered.",
            [Sample(totals.database_calls)],
        ),
    ]


def _duration_samples(series: RequestSeries) -> Iterator[Sample]:
    own = labels(
        http_request_method=series.method,
        http_response_status_code=str(series.status),
        http_route=series.route,
    )
    for bound, seen in zip(_BOUNDS, accumulate(series.bucket_counts), strict=True):
        yield Sample(seen, f'{own},le="{bound}"', "_bucket")
    yield Sample(series.sum_seconds, own, "_sum")
    yield Sample(series.count, own, "_count")
