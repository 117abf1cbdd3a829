"""The probes and the health document."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from marlin_service._seaworthy.asgi import Receive, Scope, Send
from marlin_service._seaworthy.background_check import Check
from marlin_service._seaworthy.health import Health, HealthFacts
from marlin_service._seaworthy.health_document import health_document
from marlin_service._seaworthy.health_endpoints import HealthEndpoints
from marlin_service._seaworthy.measured_request import (
    CacheUse,
    MeasuredRequest,
    count_database_call,
    mark_cache,
)

TOKEN = "a-token-of-24-characters"
FACTS = HealthFacts(
    service_id="orders",
    release_id="v1",
    response_time_ms=250,
    error_rate=0.001,
    database_calls_per_request=3,
)
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


class Dependency:
    runs = 0

    async def run(self) -> None:
        self.runs += 1


class AgedRequest(MeasuredRequest):
    """A request whose duration a test chooses."""

    def duration_us(self) -> int:
        return int(self.started)


@pytest.fixture
def dependency() -> Dependency:
    return Dependency()


@pytest.fixture
def health(dependency: Dependency) -> Health:
    return Health(FACTS, {"database": Check(run=dependency.run)}, lambda *_: None)


@pytest.fixture
def client(health: Health) -> TestClient:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/counted":
            count_database_call()
            mark_cache("miss")
        status = 500 if scope["path"] == "/broken" else 200
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    return TestClient(HealthEndpoints(app, health, TOKEN))


def record(health: Health, count: int, us: int = 1000, status: int = 200, calls: int = 0) -> None:
    for _ in range(count):
        health.record(AgedRequest(started=us, status=status, database_calls=calls))


def full(health: Health) -> dict[str, Any]:
    return health_document(health, full=True)


def test_a_new_process_is_alive_and_ready_and_warns(client: TestClient) -> None:
    assert client.get("/livez").json() == {"status": "pass"}
    assert client.get("/readyz").json() == {"status": "pass"}
    document = client.get("/healthz?x=1")
    assert document.headers["content-type"] == "application/health+json"
    assert document.headers["cache-control"] == "no-store"
    assert document.json() == {
        "status": "warn",
        "contract": "health/1",
        "serviceId": "orders",
        "releaseId": "v1",
        "answers": {
            "up": "yes",
            "slow": "not enough data",
            "jobs": "not measured",
            "deploy": "not measured",
        },
    }


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/healthz"])
def test_a_probe_answers_head_without_a_body_and_no_other_method(
    client: TestClient, path: str
) -> None:
    assert client.head(path).status_code == 200
    assert client.head(path).content == b""
    refused = client.post(path)
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")


def test_draining_turns_readiness_off_and_leaves_liveness(
    client: TestClient, health: Health
) -> None:
    health.drain()
    assert client.get("/livez").status_code == 200
    assert client.get("/readyz").json() == {"status": "fail"}
    assert client.get("/readyz").status_code == 503
    document = client.get("/healthz")
    assert document.status_code == 503
    assert document.json()["answers"]["up"] == "draining"


def test_fifty_probes_run_no_check(client: TestClient, dependency: Dependency) -> None:
    for path in ("/livez", "/readyz", "/healthz"):
        for _ in range(50):
            client.get(path)
    assert dependency.runs == 0


def test_probes_are_not_counted(client: TestClient, health: Health) -> None:
    client.get("/livez")
    client.post("/livez")
    assert health.minutes.window().requests == 0


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x"],
)
def test_without_the_token_no_dependency_is_named(client: TestClient, authorization: str) -> None:
    answer = client.get("/healthz", headers={"authorization": authorization})
    assert answer.status_code == 200
    assert "database" not in answer.text


@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
def test_the_token_opens_the_whole_document(client: TestClient, scheme: str) -> None:
    headers = {"authorization": f"{scheme} {TOKEN}"}
    checks = client.get("/healthz", headers=headers).json()["checks"]
    assert list(checks) == [
        "database:responseTime",
        "http:responseTime",
        "http:errorRate",
        "cache:hitRatio",
        "db:callsPerRequest",
    ]
    assert all(TIME.fullmatch(check[0]["time"]) for check in checks.values())


def test_what_was_not_measured_is_null(health: Health) -> None:
    checks = full(health)["checks"]
    assert checks["database:responseTime"][0]["observedValue"] is None
    assert checks["http:errorRate"][0]["observedValue"] is None
    assert checks["cache:hitRatio"][0]["observedValue"] is None
    assert checks["db:callsPerRequest"][0]["observedValue"] is None
    assert checks["http:responseTime"][0]["observedValue"] == {
        "p50": None,
        "p95": None,
        "p99": None,
        "hit": {"n": 0, "p95": None},
        "miss": {"n": 0, "p95": None},
        "none": {"n": 0, "p95": None},
    }


def test_requests_are_counted_with_their_calls_and_their_cache(
    client: TestClient, health: Health
) -> None:
    for path in ("/counted", "/counted", "/broken", "/fine"):
        client.get(path)
    checks = full(health)["checks"]
    error_rate = checks["http:errorRate"][0]
    assert (error_rate["observedValue"], error_rate["requests"], error_rate["errors"]) == (
        0.25,
        4,
        1,
    )
    cache = checks["cache:hitRatio"][0]
    assert (cache["observedValue"], cache["lookups"], cache["hits"], cache["misses"]) == (
        0,
        2,
        0,
        2,
    )
    calls = checks["db:callsPerRequest"][0]
    assert (calls["observedValue"], calls["calls"], calls["requests"]) == (0.5, 2, 4)
    assert checks["http:responseTime"][0]["observedValue"]["none"]["n"] == 2


@pytest.mark.parametrize(
    ("count", "us", "slow"),
    [(39, 900_000, "not enough data"), (40, 900_000, "yes"), (40, 100_000, "no")],
)
def test_slow_is_said_from_40_requests_on(health: Health, count: int, us: int, slow: str) -> None:
    record(health, count, us)
    assert full(health)["answers"]["slow"] == slow


def test_errors_warn_from_40_requests_on(health: Health) -> None:
    record(health, 1, status=500)
    assert full(health)["checks"]["http:errorRate"][0]["status"] == "pass"
    record(health, 39)
    assert full(health)["checks"]["http:errorRate"][0]["status"] == "warn"


def test_too_many_database_calls_warn(health: Health) -> None:
    record(health, 1, calls=3)
    assert full(health)["checks"]["db:callsPerRequest"][0]["status"] == "pass"
    record(health, 1, calls=4)
    assert full(health)["checks"]["db:callsPerRequest"][0]["status"] == "warn"


def test_hits_and_misses_are_never_pooled(health: Health) -> None:
    times: list[tuple[CacheUse, int]] = [("hit", 1000), ("miss", 50_000)]
    for cache, us in times:
        health.record(AgedRequest(started=us, status=200, cache=cache))
    value = full(health)["checks"]["http:responseTime"][0]["observedValue"]
    assert value["hit"]["p95"] == pytest.approx(1, rel=0.032)
    assert value["miss"]["p95"] == pytest.approx(50, rel=0.032)


def test_a_check_that_gates_readiness_fails_until_it_has_run(dependency: Dependency) -> None:
    check = Check(run=dependency.run, gates="ready")
    health = Health(FACTS, {"database": check}, lambda *_: None)
    document = health_document(health, full=False)
    assert (document["status"], document["answers"]["up"]) == ("fail", "no")
