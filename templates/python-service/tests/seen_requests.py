"""A health whose clock a test holds, and requests that it has seen."""

from collections.abc import Mapping

from marlin_service._seaworthy.health import (
    Check,
    Health,
    HealthOptions,
    HistoryOptions,
    Objectives,
    RequestMarks,
)
from marlin_service._seaworthy.health.checks.clock import Clock
from marlin_service._seaworthy.health.recording.request_marks import (
    CacheClass,
)

OBJECTIVES = Objectives(response_time_ms=250, error_rate=0.001, database_calls_per_request=3)
# 2026-11-26 03:12:00 UTC
START = 1_795_662_720.0


class HeldClock:
    """Stands still until a test moves it."""

    def __init__(self, seconds: float = START) -> None:
        self.seconds = seconds

    def __call__(self) -> float:
        return self.seconds


def health_of(
    clock: HeldClock | None = None,
    checks: Mapping[str, Check] | None = None,
    *,
    objectives: Objectives = OBJECTIVES,
    history: HistoryOptions | None = None,
) -> Health:
    """Builds a health; what an application serves is timed by the clock of the machine."""
    options = HealthOptions(
        service_id="orders", release_id="v1", objectives=objectives, history=history
    )
    return Health(options, checks or {}, lambda _: None, Clock(clock))


def see(
    health: Health,
    clock: HeldClock,
    count: int = 1,
    *,
    ms: float = 1.0,
    status: int = 200,
    cache: CacheClass = "none",
    calls: int = 0,
    route: str | None = "/orders",
    method: str = "GET",
) -> None:
    """Records requests that end now."""
    for _ in range(count):
        marks = RequestMarks(started=clock.seconds - ms / 1000)
        marks.status, marks.cache, marks.route = status, cache, route
        marks.database_calls = calls
        health.recorder.active_requests += 1
        health.recorder.end(clock.seconds, marks, method)
