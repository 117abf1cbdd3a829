"""A client that hangs up counts as 499, which is no error."""

import asyncio
from typing import Any

import pytest

from marlin_service._seaworthy.asgi import Message
from marlin_service.app import Application

from captured_log import LogLines


def scope_of(method: str, path: str, **headers: str) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [
            (name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()
        ],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }


def run(application: Application, scope: dict[str, Any], *received: Message) -> list[Message]:
    """Runs one request whose client sends some messages and hangs up."""
    sent: list[Message] = []
    messages = iter(received)

    async def receive() -> Message:
        return next(messages, {"type": "http.disconnect"})

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(application.asgi(scope, receive, send))  # type: ignore[arg-type]
    return sent


JSON = {"content_type": "application/json", "content_length": "50"}
PART = {"type": "http.request", "body": b'{"orderNumber":', "more_body": True}


@pytest.mark.parametrize(
    ("scope", "received"),
    [
        (scope_of("POST", "/orders", **JSON), []),
        (scope_of("POST", "/orders", **JSON), [PART]),
        (scope_of("GET", "/orders"), []),
    ],
)
def test_a_client_that_hangs_up_is_no_error(
    application: Application, log_lines: LogLines, scope: dict[str, Any], received: list[Message]
) -> None:
    run(application, scope, *received)
    window = application.health.snapshot().window.total
    assert (window.requests, window.errors) == (1, 0)
    [line] = log_lines()
    assert (line["level"], line["status"], line["route"]) == ("INFO", 499, "/orders")


def test_a_cut_request_is_answered_and_counted(
    application: Application, log_lines: LogLines, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def cut() -> list[Message]:
        sent: list[Message] = []

        async def receive() -> Message:
            await asyncio.Event().wait()
            return PART

        async def send(message: Message) -> None:
            sent.append(message)

        scope = scope_of("POST", "/orders", **JSON)
        request = asyncio.ensure_future(application.asgi(scope, receive, send))
        await asyncio.sleep(0.01)
        request.cancel()
        await request
        return sent

    start, _ = asyncio.run(cut())
    assert start["status"] == 500
    assert application.answers.cut_requests == 1
    assert [line["message"] for line in log_lines()] == ["request failed", "request"]
