"""The document: four answers, and the numbers behind them."""

import re
from typing import Any

import pytest

from marlin_service._seaworthy.health import Check, Health, Objectives
from marlin_service._seaworthy.health.serve.build_document import (
    build_document,
)
from marlin_service._seaworthy.health.serve.plain_numbers import (
    plain_numbers,
)

from seen_requests import HeldClock, health_of, see

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


async def well() -> None:
    pass


def full(health: Health) -> dict[str, Any]:
    found: dict[str, Any] = plain_numbers(build_document(health.snapshot(), full=True))
    return found


def test_a_new_process_is_up_and_knows_nothing_else() -> None:
    clock = HeldClock()
    health = health_of(clock, {"database": Check(run=well)})
    clock.seconds += 2.5
    assert plain_numbers(build_document(health.snapshot(), full=False)) == {
        "status": "warn",
        "contract": "health/1",
        "serviceId": "orders",
        "releaseId": "v1",
        "answers": {
            "up": "yes",
            "slow": "not enough data",
            "jobs": "no jobs",
            "deploy": "not measured",
        },
        "numbers": {
            "up": {"uptimeSeconds": 3, "checks": 1, "checksPassing": 0},
            "slow": {"p95Ms": None, "objectiveMs": 250, "requests": 0, "minutes": 6},
            "jobs": {"total": 0, "failing": 0},
            "deploy": None,
        },
    }


def test_what_was_not_measured_is_null() -> None:
    checks = full(health_of(HeldClock(), {"database": Check(run=well)}))["checks"]
    values = {name: measured[0]["observedValue"] for name, measured in checks.items()}
    nothing = {"n": 0, "p95": None}
    expected: dict[str, object] = {
        "database:responseTime": None,
        "http:responseTime": {
            "p50": None,
            "p95": None,
            "p99": None,
            "hit": nothing,
            "miss": nothing,
            "none": nothing,
        },
        "http:errorRate": None,
        "cache:hitRatio": None,
        "db:callsPerRequest": None,
    }
    assert values == expected
    assert all(TIME.fullmatch(measured[0]["time"]) for measured in checks.values())


def test_requests_are_counted_with_their_calls_and_their_cache() -> None:
    clock = HeldClock()
    health = health_of(clock)
    see(health, clock, 2, cache="miss", calls=1)
    see(health, clock, status=500)
    see(health, clock)
    checks = full(health)["checks"]
    picked: dict[str, dict[str, float]] = {
        "http:errorRate": {"observedValue": 0.25, "requests": 4, "errors": 1},
        "cache:hitRatio": {"observedValue": 0, "lookups": 2, "hits": 0, "misses": 2},
        "db:callsPerRequest": {"observedValue": 0.5, "calls": 2, "requests": 4},
    }
    for name, counts in picked.items():
        [measured] = checks[name]
        assert {key: measured[key] for key in counts} == counts
    assert checks["http:responseTime"][0]["observedValue"]["none"]["n"] == 1


@pytest.mark.parametrize(
    ("count", "ms", "slow"),
    [(39, 900, "not enough data"), (40, 900, "yes"), (40, 100, "no")],
)
def test_slow_is_said_from_40_timed_requests_on(count: int, ms: float, slow: str) -> None:
    clock = HeldClock()
    health = health_of(clock)
    see(health, clock, count, ms=ms)
    see(health, clock, 5, status=499)
    document = full(health)
    assert document["answers"]["slow"] == slow
    assert document["numbers"]["slow"]["requests"] == count


def test_without_an_objective_nothing_is_slow() -> None:
    clock = HeldClock()
    health = health_of(clock, objectives=Objectives())
    see(health, clock, 50, ms=9000, status=200, calls=99)
    document = full(health)
    assert (document["status"], document["answers"]["slow"]) == ("pass", "not enough data")
    assert document["numbers"]["slow"]["objectiveMs"] is None


def test_errors_warn_from_40_requests_on() -> None:
    clock = HeldClock()
    health = health_of(clock)
    see(health, clock, status=500)
    assert full(health)["checks"]["http:errorRate"][0]["status"] == "pass"
    see(health, clock, 39)
    assert full(health)["checks"]["http:errorRate"][0]["status"] == "warn"


def test_too_many_database_calls_warn() -> None:
    clock = HeldClock()
    health = health_of(clock)
    see(health, clock, calls=3)
    assert full(health)["checks"]["db:callsPerRequest"][0]["status"] == "pass"
    see(health, clock, calls=4)
    assert full(health)["checks"]["db:callsPerRequest"][0]["status"] == "warn"


def test_hits_misses_and_failures_are_never_pooled() -> None:
    clock = HeldClock()
    health = health_of(clock)
    see(health, clock, cache="hit", ms=1)
    see(health, clock, cache="miss", ms=50)
    see(health, clock, status=503, ms=2)
    document = full(health)
    value = document["checks"]["http:responseTime"][0]["observedValue"]
    assert (value["hit"], value["miss"]) == ({"n": 1, "p95": 1.01}, {"n": 1, "p95": 50.18})
    assert document["histograms"] == {
        "unit": "us",
        "minutes": 6,
        "hit": [[111, 1]],
        "miss": [[200, 1]],
        "none": [],
        "failed": [[127, 1]],
    }


def test_a_failing_job_warns_and_is_named_in_the_full_document_only() -> None:
    clock = HeldClock()
    health = health_of(clock)
    health.job_finished("nightly", "succeeded")
    assert full(health)["answers"]["jobs"] == "ok"
    clock.seconds += 1
    health.job_finished("nightly", "failed")
    document = full(health)
    assert (document["status"], document["answers"]["jobs"]) == ("warn", "failing")
    assert document["numbers"]["jobs"] == {"total": 1, "failing": 1}
    assert document["checks"]["jobs:outcome"][0]["observedValue"] == {
        "nightly": {
            "succeeded": 1,
            "failed": 1,
            "skipped": 0,
            "lastOutcome": "failed",
            "lastSucceededAt": "2026-11-26T03:12:00.000Z",
            "lastFailedAt": "2026-11-26T03:12:01.000Z",
        }
    }
    assert "nightly" not in str(build_document(health.snapshot(), full=False))


@pytest.mark.parametrize(
    ("gates", "draining", "up"),
    [
        ("report", False, "yes"),
        ("ready", False, "no"),
        ("startup", False, "starting"),
        ("startup", True, "draining"),
    ],
)
def test_who_is_not_ready_fails(gates: Any, draining: bool, up: str) -> None:
    health = health_of(HeldClock(), {"database": Check(run=well, gates=gates)})
    if draining:
        health.drain()
    document = build_document(health.snapshot(), full=False)
    assert document["answers"]["up"] == up
    assert document["status"] == ("warn" if up == "yes" else "fail")
    assert health.ready() is (up == "yes")
