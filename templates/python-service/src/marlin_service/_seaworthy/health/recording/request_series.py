"""Counts requests since the process started, in a bounded number of series."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# Upper bounds in seconds, as OpenTelemetry gives them for http.server.request.duration.
DURATION_BOUNDS_SECONDS: Final = (
    *(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25),
    *(0.5, 0.75, 1, 2.5, 5, 7.5, 10),
)
# The methods of OpenTelemetry's http.request.method; anybody can send any other.
_METHODS: Final = frozenset(
    ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "QUERY")
)
_OTHER_METHOD: Final = "_OTHER"
# Fifty routes with ten pairs of method and status each: a page of 1.6 MB. Leaving out empty
# buckets would save most of it and be wrong, for a bucket that appears later has no rate.
_MOST_SERIES: Final = 500


@dataclass(frozen=True, kw_only=True)
class RequestSeries:
    """The requests of one route, method and status since the process started.

    One count for each bound and a last one for what is above; not cumulative.
    """

    route: str
    method: str
    status: int
    bucket_counts: tuple[int, ...]
    sum_seconds: float

    @property
    def count(self) -> int:
        """How many requests there were."""
        return sum(self.bucket_counts)


class _Series:
    __slots__ = ("counts", "seconds")

    def __init__(self) -> None:
        self.counts = [0] * (len(DURATION_BOUNDS_SECONDS) + 1)
        self.seconds = 0.0

    def record(self, seconds: float) -> None:
        self.counts[bisect_left(DURATION_BOUNDS_SECONDS, seconds)] += 1
        self.seconds += seconds


class SeriesSinceStart:
    """Tells routes, methods and statuses apart; beyond the limit only the status."""

    def __init__(self) -> None:
        self._series: dict[tuple[int, str, int], _Series] = {}

    def record(self, route: int, method: str, status: int, seconds: float) -> None:
        """Counts one request, for the route of that number."""
        series = self._series.get((route, method, status))
        if series is None:
            series = self._find(route, method if method in _METHODS else _OTHER_METHOD, status)
        series.record(seconds)

    def read(self, route_names: Sequence[str]) -> list[RequestSeries]:
        """Returns every series, in the order of its first request."""
        return [
            RequestSeries(
                route=route_names[route],
                method=method,
                status=status,
                bucket_counts=tuple(series.counts),
                sum_seconds=series.seconds,
            )
            for (route, method, status), series in self._series.items()
        ]

    def _find(self, route: int, method: str, status: int) -> _Series:
        key = (route, method, status)
        if key not in self._series and len(self._series) >= _MOST_SERIES:
            key = (0, _OTHER_METHOD, status)
        return self._series.setdefault(key, _Series())
