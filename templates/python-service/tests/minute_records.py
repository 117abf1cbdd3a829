"""Minutes as a history keeps them, made up for tests."""

from marlin_service._seaworthy.health.recording import (
    log_linear_histogram as kept,
)
from marlin_service._seaworthy.health.recording.minute_record import (
    MinuteRecord,
    MinuteStratum,
)

IDLE: MinuteStratum = {"requests": 0, "databaseCalls": 0, "times": []}


def stratum_of(count: int, us: float, calls: int = 0) -> MinuteStratum:
    """Makes requests that take from half as long to twice as long, evenly."""
    times = kept.LogLinearHistogram()
    for each in range(count):
        times.record(us * 2 ** ((2 * each + 1) / count - 1))
    return {"requests": count, "databaseCalls": count * calls, "times": times.sparse()}


def record_of(
    minute: int,
    release_id: str = "v1",
    *,
    errors: int = 0,
    hit: MinuteStratum = IDLE,
    miss: MinuteStratum = IDLE,
    none: MinuteStratum = IDLE,
) -> MinuteRecord:
    """Makes one minute."""
    strata = (hit, miss, none)
    return {
        "minute": minute,
        "releaseId": release_id,
        "requests": errors + sum(stratum["requests"] for stratum in strata),
        "errors": errors,
        "strata": {"hit": hit, "miss": miss, "none": none},
    }
