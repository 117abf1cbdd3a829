"""Sums over some requests."""

from .log_linear_histogram import LogLinearHistogram
from .request_marks import CACHE_CLASSES, STATUS_CLIENT_GONE, CacheClass


class Traffic:
    """Counts of requests, and their times in microseconds by cache class."""

    __slots__ = ("calls", "database_calls", "errors", "failed_times", "requests", "times")

    def __init__(self) -> None:
        # Of the requests that were answered below 500.
        self.times: dict[CacheClass, LogLinearHistogram] = {
            cache: LogLinearHistogram() for cache in CACHE_CLASSES
        }
        # A quick failure is no quick answer.
        self.failed_times = LogLinearHistogram()
        # Of the requests in `times`; and of all of them.
        self.calls: dict[CacheClass, int] = dict.fromkeys(CACHE_CLASSES, 0)
        self.database_calls = 0
        self.requests = 0
        self.errors = 0

    def count(self, bucket: int, status: int, cache: CacheClass, calls: int) -> None:
        """Counts one request; one whose client hung up is neither an error nor a time."""
        self.requests += 1
        self.database_calls += calls
        if status >= 500:
            self.errors += 1
            self.failed_times.add(bucket)
        elif status != STATUS_CLIENT_GONE:
            self.times[cache].add(bucket)
            self.calls[cache] += calls

    def merge(self, other: "Traffic") -> None:
        """Adds the counts of other requests."""
        for cache in CACHE_CLASSES:
            self.times[cache].merge(other.times[cache])
            self.calls[cache] += other.calls[cache]
        self.failed_times.merge(other.failed_times)
        self.database_calls += other.database_calls
        self.requests += other.requests
        self.errors += other.errors

    def clear(self) -> None:
        """Forgets everything, and keeps its memory."""
        for cache in CACHE_CLASSES:
            self.times[cache].clear()
            self.calls[cache] = 0
        self.failed_times.clear()
        self.database_calls = self.requests = self.errors = 0
