"""Everything that is counted about requests; its memory is bounded whatever arrives."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from .log_linear_histogram import bucket_of
from .request_marks import CacheClass, RequestMarks
from .request_series import RequestSeries, SeriesSinceStart
from .route_names import RouteNames
from .traffic import Traffic
from .traffic_window import WINDOW_MINUTES, TrafficWindow

_MOST_ROUTES: Final = 50
# They are counted within a tenth of a millisecond.
_MOST_WAITING: Final = 64

# When it ended, its seconds, route, method, status, cache class and database calls.
_Finished = tuple[float, float, str | None, str, int, CacheClass, int]


@dataclass(frozen=True, kw_only=True)
class Totals:
    """Counts since the process started; the active requests now."""

    cache_hits: int
    cache_misses: int
    database_calls: int
    active_requests: int


class WindowSnapshot:
    """The last minutes at one moment; each sum is made when it is first read."""

    minutes: Final = WINDOW_MINUTES

    def __init__(self, window: TrafficWindow, routes: RouteNames, at: float) -> None:
        self._window, self._routes, self._at = window, routes, at

    @cached_property
    def total(self) -> Traffic:
        """All routes together."""
        return self._window.total(self._at)

    @cached_property
    def routes(self) -> dict[str, Traffic]:
        """Each route by its template."""
        return self._window.routes(self._at, self._routes.names)


class Recorder:
    """Counts finished requests, some at a time: between two requests its code leaves the caches."""

    def __init__(self, origin: float, most_routes: int = _MOST_ROUTES) -> None:
        # Raised by whoever begins to measure a request.
        self.active_requests = 0
        # What turns a time of the marks into one of the window.
        self._origin = origin
        self._finished: list[_Finished] = []
        self._window = TrafficWindow()
        self._routes = RouteNames(most_routes)
        self._series = SeriesSinceStart()
        self._cache_hits = 0
        self._cache_misses = 0
        self._database_calls = 0

    def end(self, ended: float, marks: RequestMarks, method: str) -> None:
        """Counts a request that has ended."""
        self.active_requests -= 1
        finished = self._finished
        # Plain values: the marks hold the connection of the request, and with it its body.
        finished.append(
            (
                ended,
                ended - marks.started,
                marks.route,
                method,
                marks.status,
                marks.cache,
                marks.database_calls,
            )
        )
        if len(finished) >= _MOST_WAITING:
            self._count()

    def completed(self, at: float) -> list[tuple[int, Traffic]]:
        """Returns the minutes that have ended and are still held, oldest first."""
        self._count()
        return self._window.completed(at)

    def read_window(self, at: float) -> WindowSnapshot:
        """Returns the window as it is at a moment."""
        self._count()
        return WindowSnapshot(self._window, self._routes, at)

    def read_since_start(self) -> list[RequestSeries]:
        """Returns every series since the start."""
        self._count()
        return self._series.read(self._routes.names)

    def read_totals(self) -> Totals:
        """Returns the counts since the start."""
        self._count()
        return Totals(
            cache_hits=self._cache_hits,
            cache_misses=self._cache_misses,
            database_calls=self._database_calls,
            active_requests=self.active_requests,
        )

    def _count(self) -> None:
        for ended, seconds, route, method, status, cache, calls in self._finished:
            number = self._routes.number_of(route)
            bucket = bucket_of(seconds * 1_000_000)
            self._window.record(self._origin + ended, number, bucket, status, cache, calls)
            self._series.record(number, method, status, seconds)
            self._database_calls += calls
            if cache == "hit":
                self._cache_hits += 1
            elif cache == "miss":
                self._cache_misses += 1
        self._finished.clear()
