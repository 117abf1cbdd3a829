"""Keeps what was measured in the current minute and the five before it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from .histogram import Histogram
from .measured_request import CacheUse, MeasuredRequest

_MINUTES: Final = 6


@dataclass(slots=True)
class Measurements:
    """Counts of finished requests, and their response times by cache use in microseconds."""

    requests: int = 0
    errors: int = 0
    database_calls: int = 0
    times: dict[CacheUse, Histogram] = field(
        default_factory=lambda: {"hit": Histogram(), "miss": Histogram(), "none": Histogram()}
    )

    def record(self, request: MeasuredRequest) -> None:
        """Counts one finished request; only a status of 500 or more is an error."""
        self.requests += 1
        self.errors += request.status >= 500
        self.database_calls += request.database_calls
        self.times[request.cache].record(request.duration_us())

    def add(self, other: "Measurements") -> None:
        """Adds the counts of another span of time."""
        self.requests += other.requests
        self.errors += other.errors
        self.database_calls += other.database_calls
        for use, times in self.times.items():
            times.add(other.times[use])

    def all_times(self) -> Histogram:
        """Returns the response times whatever the cache said."""
        total = Histogram()
        for times in self.times.values():
            total.add(times)
        return total


class MinuteRing:
    """A ring of minutes, so memory is bounded however long the service runs."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._slots: dict[int, tuple[int, Measurements]] = {}

    def record(self, request: MeasuredRequest) -> None:
        """Counts one finished request in the current minute."""
        minute = self._minute()
        kept, measurements = self._slots.get(minute % _MINUTES, (None, None))
        if kept != minute or measurements is None:
            measurements = Measurements()
            self._slots[minute % _MINUTES] = (minute, measurements)
        measurements.record(request)

    def window(self) -> Measurements:
        """Returns the sum of the current minute and the five before it."""
        minute = self._minute()
        total = Measurements()
        for kept, measurements in self._slots.values():
            if minute - _MINUTES < kept <= minute:
                total.add(measurements)
        return total

    def _minute(self) -> int:
        return int(self._now() // 60)
