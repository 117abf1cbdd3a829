"""Turns the sums of the window into four measurements and the answer to "is it slow?"."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..checks.check import Status
from ..health_options import Objectives
from ..recording.log_linear_histogram import LogLinearHistogram
from ..recording.traffic import Traffic
from .health_document import Measurement, SlowAnswer
from .iso_time import iso_time

# Fewer requests than this say nothing about a share of them.
_ENOUGH_REQUESTS: Final = 40


@dataclass(frozen=True)
class TrafficMeasurements:
    """The answer, what is behind it, and the measurements by name; timed are those with a time."""

    slow: SlowAnswer
    p95_ms: float | None
    timed: int
    measurements: Mapping[str, Measurement]


def measure_traffic(traffic: Traffic, objectives: Objectives, now: float) -> TrafficMeasurements:
    """Measures what was served."""
    times = all_times(traffic)
    hits, misses = traffic.times["hit"].count, traffic.times["miss"].count
    requests, errors, calls = traffic.requests, traffic.errors, traffic.database_calls
    p95 = quantile_ms(times, 0.95)
    error_rate, call_rate = _ratio(errors, requests), _ratio(calls, requests)
    slow = _over(p95, objectives.response_time_ms)
    failing = requests >= _ENOUGH_REQUESTS and _over(error_rate, objectives.error_rate)
    chatty = _over(call_rate, objectives.database_calls_per_request)
    answerable = times.count >= _ENOUGH_REQUESTS and objectives.response_time_ms is not None

    def measured(value: object, unit: str, counts: Measurement, warns: bool = False) -> Measurement:
        status: Status = "warn" if warns else "pass"
        head = {"componentType": "system", "observedValue": value, "observedUnit": unit}
        return {**head, **counts, "status": status, "time": iso_time(now)}

    response_time: dict[str, object] = {
        "p50": quantile_ms(times, 0.5),
        "p95": p95,
        "p99": quantile_ms(times, 0.99),
        **{
            cache: {"n": each.count, "p95": quantile_ms(each, 0.95)}
            for cache, each in traffic.times.items()
        },
    }
    cache = {"lookups": hits + misses, "hits": hits, "misses": misses}
    return TrafficMeasurements(
        slow=("yes" if slow else "no") if answerable else "not enough data",
        p95_ms=p95,
        timed=times.count,
        measurements={
            "http:responseTime": measured(response_time, "ms", {}, slow),
            "http:errorRate": measured(
                error_rate, "1", {"requests": requests, "errors": errors}, failing
            ),
            "cache:hitRatio": measured(_ratio(hits, hits + misses), "1", cache),
            "db:callsPerRequest": measured(
                call_rate, "1", {"calls": calls, "requests": requests}, chatty
            ),
        },
    )


def all_times(traffic: Traffic) -> LogLinearHistogram:
    """Returns hits, misses and the rest in one: what users saw, and no change is judged by."""
    total = LogLinearHistogram()
    for times in traffic.times.values():
        total.merge(times)
    return total


def quantile_ms(histogram: LogLinearHistogram, share: float) -> float | None:
    """Returns milliseconds with two decimals; None when nothing was recorded."""
    microseconds = histogram.quantile(share)
    return None if microseconds is None else round_half_up(microseconds / 10) / 100


def round_half_up(value: float) -> int:
    """Returns the nearest whole number, and the upper one of two."""
    return math.floor(value + 0.5)


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _over(value: float | None, limit: float | None) -> bool:
    return value is not None and limit is not None and value > limit
