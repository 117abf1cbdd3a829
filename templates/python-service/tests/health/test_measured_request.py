"""Every request is measured once, by its route and its end."""

import asyncio
import contextvars
import gc
import weakref
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from marlin_service._seaworthy.asgi import Message, Receive, Scope, Send
from marlin_service._seaworthy.health import (
    Health,
    HealthEndpoints,
    count_database_call,
    current_request,
    mark_cache,
    mark_route,
)

from seen_requests import health_of

App = Callable[[Scope, Receive, Send], Awaitable[None]]
START: Message = {"type": "http.response.start", "status": 200, "headers": []}
PART: Message = {"type": "http.response.body", "body": b"x", "more_body": True}
END: Message = {"type": "http.response.body", "body": b""}
GONE: Message = {"type": "http.disconnect"}
BODY: Message = {"type": "http.request", "body": b"", "more_body": False}


class Route:
    path = "/orders/{orderNumber}"


def run(app: App, *received: Message, kind: str = "http") -> tuple[Health, list[Message]]:
    """Runs one request whose client sends some messages and then waits."""
    health = health_of()
    sent: list[Message] = []
    messages = iter(received)

    async def receive() -> Message:
        message = next(messages, None)
        if message is None:
            await asyncio.Event().wait()
        assert message is not None
        return message

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, Any] = {"type": kind, "method": "GET", "path": "/orders/A-1", "headers": []}
    endpoints = HealthEndpoints(app, health, "a-token-of-24-characters")
    asyncio.run(endpoints(scope, receive, send))
    assert current_request.get() is None
    return health, sent


def seen(health: Health) -> tuple[str, int]:
    """Returns the route and the status of the one request."""
    [series] = health.snapshot().since_start
    assert series.count == 1
    assert health.snapshot().totals.active_requests == 0
    return series.route, series.status


async def well(scope: Scope, receive: Receive, send: Send) -> None:
    scope["route"] = Route()
    await send(START)
    await send(PART)
    await send(END)


def test_an_answer_counts_under_its_template() -> None:
    health, sent = run(well, BODY)
    assert seen(health) == ("/orders/{orderNumber}", 200)
    assert sent == [START, PART, END]


def test_a_route_can_be_named_by_hand() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        mark_route("/by-hand/{x}")
        await well(scope, receive, send)

    assert seen(run(app)[0]) == ("/by-hand/{x}", 200)


@pytest.mark.parametrize("received", [(GONE,), (BODY, GONE)])
def test_a_client_that_left_before_the_end_is_no_error(received: tuple[Message, ...]) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if len(received) > 1:
            await receive()
        await well(scope, receive, send)

    health, _ = run(app, *received)
    assert seen(health)[1] == 499
    total = health.snapshot().window.total
    assert (total.requests, total.errors, total.times["none"].count) == (1, 0, 0)


@pytest.mark.parametrize(("whole", "status"), [(False, 499), (True, 200)])
def test_a_client_that_left_in_the_middle_of_a_stream_is_told_from_one_that_got_it_all(
    whole: bool, status: int
) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send(START)
        await send(PART)
        if whole:
            await send(END)
        assert await receive() == GONE

    messages = (BODY, GONE) if whole else (GONE,)
    assert seen(run(app, *messages)[0])[1] == status


@pytest.mark.parametrize(("disconnected", "status"), [(True, 499), (False, 200)])
def test_a_server_that_knows_whether_the_client_left_is_not_asked(
    disconnected: bool, status: int
) -> None:
    class Cycle:
        def __init__(self) -> None:
            self.disconnected = disconnected

        async def send(self, _: Message) -> None:
            pass

    async def receive() -> Message:
        raise AssertionError("it was asked")

    health = health_of()
    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    endpoints = HealthEndpoints(well, health, "a-token-of-24-characters")
    asyncio.run(endpoints(scope, receive, Cycle().send))
    assert seen(health)[1] == status


@pytest.mark.parametrize(("received", "status"), [(BODY, 500), (GONE, 499)])
def test_an_answer_that_breaks_off_is_an_error_unless_the_client_left(
    received: Message, status: int
) -> None:
    health = health_of()

    async def breaks(scope: Scope, receive: Receive, send: Send) -> None:
        await send(START)
        await receive()
        raise ConnectionError("the stream broke")

    endpoints = HealthEndpoints(breaks, health, "a-token-of-24-characters")

    async def receive() -> Message:
        return received

    async def send(_: Message) -> None:
        pass

    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    with pytest.raises(ConnectionError):
        asyncio.run(endpoints(scope, receive, send))
    assert seen(health) == ("other", status)


def test_a_body_that_is_still_on_its_way_stays_with_the_server() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send(START)
        await send(END)

    assert seen(run(app)[0]) == ("other", 200)


def test_marks_of_threads_and_tasks_count_for_their_request() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.gather(*(asyncio.to_thread(count_database_call) for _ in range(3)))
        count_database_call(2)
        mark_cache("hit")
        mark_cache("miss")
        mark_cache("hit")
        await well(scope, receive, send)

    total = run(app)[0].snapshot().window.total
    assert (total.database_calls, total.times["miss"].count) == (5, 1)


def test_outside_a_request_marks_do_nothing() -> None:
    count_database_call()
    mark_cache("hit")
    mark_route("/x")
    assert current_request.get() is None


def test_what_is_no_request_is_passed_on() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert current_request.get() is None
        await send({"type": "lifespan.startup.complete"})

    health, sent = run(app, kind="lifespan")
    assert (health.snapshot().since_start, len(sent)) == ([], 1)


class Connection:
    """What uvicorn has for one request."""

    disconnected = False

    async def receive(self) -> Message:
        return GONE

    async def send(self, message: Message) -> None:
        return None


def test_a_context_that_outlives_the_request_does_not_hold_its_connection() -> None:
    kept: list[contextvars.Context] = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send(START)
        await send(END)
        # As a timer that the server starts meanwhile.
        kept.append(contextvars.copy_context())

    connection = Connection()
    gone = weakref.ref(connection)
    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": "/orders", "headers": []}
    endpoints = HealthEndpoints(app, health_of(), "a-token-of-24-characters")
    asyncio.run(endpoints(scope, connection.receive, connection.send))
    del connection
    gc.collect()
    request = kept[0][current_request]
    assert request is not None
    assert request.status == 200
    assert gone() is None


def test_what_is_sent_after_the_end_goes_to_nobody() -> None:
    late: list[tuple[Receive, Send]] = []

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        await send(START)
        await send(END)
        late.append((receive, send))

    _, sent = run(app)

    async def speak_late() -> Message:
        receive, send = late[0]
        await send(END)
        return await receive()

    assert asyncio.run(speak_late()) == GONE
    assert sent == [START, END]
