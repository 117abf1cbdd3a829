"""Writes the health document of contract health/1."""

import math
from datetime import UTC, datetime
from typing import Any, Final

from .background_check import BackgroundCheck, Status
from .health import Health
from .histogram import Histogram
from .minute_ring import Measurements

_ENOUGH_REQUESTS: Final = 40


def health_document(health: Health, *, full: bool) -> dict[str, Any]:
    """Returns the document; the checks, which name dependencies, are in the full one only."""
    facts, window = health.facts, health.minutes.window()
    checks = _checks(health, window)
    ready = health.ready()
    warns = any(check[0]["status"] != "pass" for check in checks.values())
    answers = {
        "up": "yes" if ready else "draining" if health.draining else "no",
        "slow": _slow(window, checks["http:responseTime"][0]["status"]),
        "jobs": "not measured",
        "deploy": "not measured",
    }
    document = {
        "status": "fail" if not ready else "warn" if warns else "pass",
        "contract": "health/1",
        "serviceId": facts.service_id,
        "releaseId": facts.release_id,
        "answers": answers,
    }
    return {**document, "checks": checks} if full else document


def _checks(health: Health, window: Measurements) -> dict[str, list[dict[str, Any]]]:
    facts, now = health.facts, health.now()
    times = window.all_times()
    enough = window.requests >= _ENOUGH_REQUESTS
    p95 = _ms(times, 0.95)
    error_rate = _ratio(window.errors, window.requests)
    calls = _ratio(window.database_calls, window.requests)
    hits, misses = window.times["hit"].count, window.times["miss"].count
    by_cache: dict[str, object] = {
        use: {"n": histogram.count, "p95": _ms(histogram, 0.95)}
        for use, histogram in window.times.items()
    }
    response_time: dict[str, object] = {
        "p50": _ms(times, 0.5),
        "p95": p95,
        "p99": _ms(times, 0.99),
        **by_cache,
    }

    def item(value: object, unit: str, status: Status, **counts: int) -> list[dict[str, Any]]:
        return [_item("system", value, unit, counts, status, now)]

    slow = _over(p95, facts.response_time_ms)
    failing = _over(error_rate, facts.error_rate if enough else None)
    busy = _over(calls, facts.database_calls_per_request)
    requests = window.requests
    return {
        **{f"{check.name}:responseTime": [_dependency(check, now)] for check in health.checks},
        "http:responseTime": item(response_time, "ms", slow),
        "http:errorRate": item(error_rate, "1", failing, requests=requests, errors=window.errors),
        "cache:hitRatio": item(
            _ratio(hits, hits + misses),
            "1",
            "pass",
            lookups=hits + misses,
            hits=hits,
            misses=misses,
        ),
        "db:callsPerRequest": item(
            calls, "1", busy, calls=window.database_calls, requests=requests
        ),
    }


def _dependency(check: BackgroundCheck, now: float) -> dict[str, Any]:
    took_ms = None if check.took_ms is None else _round(check.took_ms)
    at = now if check.finished_at is None else check.finished_at
    return _item(check.check.component_type, took_ms, "ms", {}, check.status(), at)


def _item(
    component: str, value: object, unit: str, counts: dict[str, int], status: Status, at: float
) -> dict[str, Any]:
    moment = datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
    return {
        "componentType": component,
        "observedValue": value,
        "observedUnit": unit,
        **counts,
        "status": status,
        "time": moment.replace("+00:00", "Z"),
    }


def _slow(window: Measurements, status: Status) -> str:
    if window.requests < _ENOUGH_REQUESTS:
        return "not enough data"
    return "no" if status == "pass" else "yes"


def _over(value: float | None, limit: float | None) -> Status:
    return "warn" if value is not None and limit is not None and value > limit else "pass"


def _ratio(part: int, whole: int) -> float | None:
    return _whole(part / whole) if whole else None


def _ms(histogram: Histogram, share: float) -> float | None:
    microseconds = histogram.quantile(share)
    return None if microseconds is None else _round(microseconds / 1000)


def _round(milliseconds: float) -> float:
    # Half up, and 3 rather than 3.0, so that both languages write the same text.
    return _whole(math.floor(milliseconds * 100 + 0.5) / 100)


def _whole(number: float) -> float:
    return int(number) if number == int(number) else number
