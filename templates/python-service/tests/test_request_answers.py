"""Every answer carries its request id, its release and its calls; every request leaves one line."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from marlin_service.app import Application
from marlin_service.database import Database

from captured_log import LogLines

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ORDER = {"orderNumber": "A-1001", "sku": "SKU-1", "quantity": 2}
REQUEST_KEYS = "level message requestId release client method route status durationMs cache dbCalls"


def break_database(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    async def broken(*_: object) -> Any:
        raise error

    monkeypatch.setattr(Database, "execute", broken)


@pytest.mark.parametrize("request_id", ["a", "A.b_c-9", "x" * 64])
def test_the_request_id_of_the_client_is_kept(client: TestClient, request_id: str) -> None:
    answer = client.get("/nothing", headers={"x-request-id": request_id})
    assert answer.headers["x-request-id"] == request_id
    assert answer.json()["requestId"] == request_id


@pytest.mark.parametrize("request_id", ["", "x" * 65, "a b", "a/b", "a\tb", '"', "é".encode()])
def test_a_harmful_request_id_is_replaced(client: TestClient, request_id: str | bytes) -> None:
    answer = client.get("/orders", headers=[(b"x-request-id", _bytes(request_id))])
    assert UUID.fullmatch(answer.headers["x-request-id"])


def test_two_request_ids_are_none(client: TestClient) -> None:
    answer = client.get("/orders", headers=[("x-request-id", "a"), ("x-request-id", "b")])
    assert UUID.fullmatch(answer.headers["x-request-id"])


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def test_every_answer_names_its_release_once(client: TestClient) -> None:
    for path in ("/orders", "/nothing", "/orders?limit=x"):
        headers = client.get(path).headers
        assert headers.get_list("x-release") == ["unreleased"]
        assert headers.get_list("server-timing") == [f"db;desc={1 if path == '/orders' else 0}"]


def test_a_probe_carries_none_of_it_and_is_not_logged(
    client: TestClient, log_lines: LogLines
) -> None:
    for path in ("/livez", "/readyz", "/startupz", "/healthz", "/metrics", "/status"):
        assert "x-request-id" not in client.get(path).headers
    assert log_lines() == []


def test_a_request_leaves_one_line(client: TestClient, log_lines: LogLines) -> None:
    client.post("/orders", json=ORDER)
    client.get("/orders/A-1001", headers={"x-request-id": "r1"})
    client.get("/orders/A-1001")
    client.get("/nothing?token=secret")
    client.delete("/orders")
    lines = log_lines()
    assert [list(line) for line in lines] == [REQUEST_KEYS.split()] * 5
    route = "/orders/{orderNumber}"
    assert [
        (each["method"], each["route"], each["status"], each["cache"], each["dbCalls"])
        for each in lines
    ] == [
        ("POST", "/orders", 201, "none", 1),
        ("GET", route, 200, "miss", 1),
        ("GET", route, 200, "hit", 0),
        ("GET", None, 404, "none", 0),
        ("DELETE", "/orders", 405, "none", 0),
    ]
    assert lines[1]["requestId"] == "r1"
    assert {each["client"] for each in lines} == {"192.0.2.7"}
    assert {each["level"] for each in lines} == {"INFO"}


def test_what_nobody_foresaw_is_a_500_that_keeps_its_request_id(
    client: TestClient, log_lines: LogLines, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_database(monkeypatch, ZeroDivisionError("password=hunter2"))
    answer = client.get("/orders", headers={"x-request-id": "r500"})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-request-id"] == "r500"
    assert answer.headers["x-release"] == "unreleased"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "The service failed. The cause is in its log under this request id.",
        "code": "internal",
        "expected": "an answer",
        "retryable": True,
        "requestId": "r500",
    }
    cause, line = log_lines()
    assert (cause["level"], cause["message"], cause["requestId"]) == (
        "ERROR",
        "request failed",
        "r500",
    )
    assert cause["error"]["type"] == "ZeroDivisionError"
    assert cause["error"]["message"] == "password=hunter2"
    assert "Traceback" in cause["error"]["stack"]
    assert (line["level"], line["status"]) == ("ERROR", 500)


def test_health_and_log_agree(
    client: TestClient, application: Application, log_lines: LogLines
) -> None:
    client.post("/orders", json=ORDER)
    client.post("/orders", json=ORDER)
    client.get("/orders/A-1001")
    window, lines = application.health.snapshot().window.total, log_lines()
    assert window.requests == len(lines)
    assert window.database_calls == sum(line["dbCalls"] for line in lines) == 4


def test_while_draining_an_answer_closes_its_connection(
    client: TestClient, application: Application
) -> None:
    assert "connection" not in client.get("/orders").headers
    application.health.drain()
    answer = client.get("/orders")
    assert (answer.status_code, answer.headers["connection"]) == (200, "close")


@pytest.mark.parametrize(
    ("written", "logged"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:DB8::1", "2001:db8::1"),
        ("fe80::1%eth0 x", "fe80::1"),
        ("unknown", None),
        ("hunter2", None),
        ("203.0.113.7:80", None),
        ("", None),
    ],
)
def test_a_client_is_logged_by_its_address_only(
    application: Application, log_lines: LogLines, written: str, logged: str | None
) -> None:
    with TestClient(application.asgi, client=(written, 0)) as client:
        client.get("/orders")
    assert log_lines()[0]["client"] == logged
