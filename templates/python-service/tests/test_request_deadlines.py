"""Time limits of a request: one for its arrival, one for its handler."""

import asyncio
from typing import Any

import pytest

from marlin_service._seaworthy.asgi import (
    AsgiApp,
    Message,
    Receive,
    Scope,
    Send,
)
from marlin_service._seaworthy.default_groups.http_server import (
    HttpServer,
)
from marlin_service.problem import Problem
from marlin_service.request_deadlines import RequestDeadlines
from marlin_service.settings import Settings

SCOPE: Scope = {"type": "http", "headers": [(b"content-length", b"9")]}


@pytest.fixture
def limits(settings: Settings) -> HttpServer:
    fast = {"request_timeout_ms": 40, "handler_timeout_ms": 20}
    return settings.http_server.model_copy(update=fast)


def run(app: AsgiApp, limits: HttpServer, receive: Receive) -> None:
    async def send(_: Message) -> None: ...

    async def call() -> None:
        await RequestDeadlines(app, limits)(SCOPE, receive, send)

    asyncio.run(call())


async def nothing() -> Any:
    await asyncio.Event().wait()


async def read_all(scope: Scope, receive: Receive, send: Send) -> None:
    while (await receive()).get("more_body"):
        pass


def test_a_body_that_does_not_arrive_is_a_408(limits: HttpServer) -> None:
    with pytest.raises(Problem) as caught:
        run(read_all, limits, nothing)
    problem = caught.value
    assert (problem.status, problem.code, problem.retryable) == (408, "request_timeout", True)
    assert problem.detail == "The request did not arrive in time."
    assert problem.expected == "a whole request within 40ms"
    assert problem.headers == {"connection": "close"}
    assert b'"title":"Request Timeout"' in problem.body("r")


def test_a_body_that_trickles_has_no_more_time(limits: HttpServer) -> None:
    async def trickle() -> Message:
        await asyncio.sleep(0.005)
        return {"type": "http.request", "body": b"x", "more_body": True}

    with pytest.raises(Problem, match="request_timeout"):
        run(read_all, limits, trickle)


def test_a_handler_that_takes_too_long_is_a_503(limits: HttpServer) -> None:
    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await nothing()

    with pytest.raises(Problem) as caught:
        run(slow, limits, nothing)
    problem = caught.value
    assert (problem.status, problem.code, problem.retryable) == (503, "timeout", True)
    assert problem.expected == "an answer within 20ms"


def test_the_clock_of_the_handler_stands_still_while_the_body_arrives(limits: HttpServer) -> None:
    async def late() -> Message:
        await asyncio.sleep(0.03)
        return {"type": "http.request", "body": b"x", "more_body": False}

    run(read_all, limits, late)


def test_an_own_timeout_of_the_handler_is_not_taken_for_the_limit(limits: HttpServer) -> None:
    async def impatient(scope: Scope, receive: Receive, send: Send) -> None:
        raise TimeoutError("of the handler")

    with pytest.raises(TimeoutError, match="of the handler"):
        run(impatient, limits, nothing)


@pytest.mark.parametrize("setting", ["request_timeout_ms", "handler_timeout_ms"])
def test_the_shipped_limits_are_said_in_their_unit(settings: Settings, setting: str) -> None:
    expected = {"request_timeout_ms": "30s", "handler_timeout_ms": "25s"}
    assert settings.http_server.written(setting) == expected[setting]
