"""What shows the effect of a setting on the program that was started with it."""

import asyncio
import random
import re
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from typing import Any

import pytest

from marlin_service._seaworthy.asgi import Message, Scope
from marlin_service._seaworthy.health.recording.minute_record import (
    MinuteStratum,
)
from marlin_service._seaworthy.redacted_url import RedactedUrl
from marlin_service.cache import CacheFailed
from marlin_service.cache.redis_link import RedisLink
from marlin_service.database import (
    Database,
    create_engine,
    open_command_database,
)
from marlin_service.json_log import log_fields

from jumping_loop import jumping_loop
from started_program import Started

ORDER = {"orderNumber": "A-1001", "sku": "SKU-1", "quantity": 2}
JSON = {"content-type": "application/json"}


def scope_of(method: str, *headers: tuple[bytes, bytes]) -> Scope:
    return {
        "type": "http",
        "method": method,
        "path": "/orders",
        "raw_path": b"/orders",
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "headers": list(headers),
    }


def seconds_until_answer(started: Started, scope: Scope) -> int:
    moments: list[float] = []

    async def never() -> Message:
        await asyncio.Event().wait()
        return {}

    with jumping_loop() as (loop, selector):

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                moments.append(selector.ahead)

        loop.run_until_complete(started.application.asgi(scope, never, send))
    return round(moments[0])


def seconds_to_arrive(started: Started) -> object:
    scope = scope_of("POST", (b"content-type", b"application/json"), (b"content-length", b"9"))
    return seconds_until_answer(started, scope)


def seconds_to_answer(started: Started) -> object:
    async def never(*_: object) -> Any:
        await asyncio.Event().wait()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "execute", never)
        return seconds_until_answer(started, scope_of("GET"))


def run_checks(started: Started, seconds: float, check: Callable[[], Any]) -> str:
    """Runs the checks for so long, on a clock that jumps; returns the status at the end."""

    async def run() -> str:
        checks = started.application.health.checks
        [found] = checks.all
        found.check = replace(found.check, run=check)
        checks.start()
        await asyncio.sleep(seconds)
        status = found.status()
        await checks.stop()
        return status

    with pytest.MonkeyPatch.context() as patch, jumping_loop() as (loop, _):
        patch.setattr(random, "uniform", lambda *_: 1.0)
        return loop.run_until_complete(run())


def time_out_of_a_check(started: Started) -> object:
    async def never() -> None:
        await asyncio.Event().wait()

    run_checks(started, 3, never)
    return re.findall(r"no answer within (\d+) ms", started.output())[0]


def checks_in_a_minute(started: Started) -> object:
    runs: list[int] = []

    async def check() -> None:
        runs.append(1)

    run_checks(started, 59, check)
    return len(runs)


def status_after_one_failure(started: Started) -> object:
    outcomes = iter([False, True])

    async def check() -> None:
        if next(outcomes):
            raise ConnectionError("refused")

    return run_checks(started, 7, check)


def history_files(started: Started) -> object:
    options = started.application.health.options.history
    assert options is not None
    idle: MinuteStratum = {"requests": 0, "databaseCalls": 0, "times": []}
    options.history.append(
        {
            "minute": 1,
            "releaseId": "v1",
            "requests": 1,
            "errors": 1,
            "strata": {"hit": idle, "miss": idle, "none": idle},
        }
    )
    return [path.name for path in started.folder.rglob("*.ndjson")]


def refused_by_a_rule(variable: str) -> Callable[[Started], object]:
    return lambda started: "CFG_RULE" in started.error and variable in started.error


def status_of_a_large_body(started: Started) -> object:
    return started.client.post("/orders", content=b"x" * (2**20 + 1), headers=JSON).status_code


def logged_at(level: str) -> Callable[[Started], object]:
    def is_logged(started: Started) -> object:
        log_fields(level, "told")
        return "told" in started.output()

    return is_logged


def is_field_logged(started: Started) -> object:
    log_fields("error", "told", iban="hunter2")
    return "hunter2" in started.output()


def database_files(started: Started) -> object:
    return [path.name for path in started.folder.rglob("*.db")]


def is_token_known(started: Started) -> object:
    headers = {"authorization": "Bearer another-health-token"}
    return "checks" in started.client.get("/healthz", headers=headers).json()


def database_calls_a_minute_later(started: Started) -> object:
    started.client.post("/orders", json=ORDER)
    started.client.get("/orders/A-1001")
    started.clock[0] += 60
    return started.client.get("/orders/A-1001").headers["server-timing"]


class NoAnswer:
    """Stands for the pool of the database: lends a connection or not, and then never answers."""

    def __init__(self, lends: bool) -> None:
        self._lends = lends

    @asynccontextmanager
    async def connect(self) -> AsyncIterator["NoAnswer"]:
        if not self._lends:
            await asyncio.Event().wait()
        yield self

    async def execute(self, *_: object) -> None:
        await asyncio.Event().wait()

    async def dispose(self) -> None:
        pass


def seconds_without(lends: bool) -> Callable[[Started], object]:
    def seconds_to_give_up(started: Started) -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(started.application.database, "_engine", NoAnswer(lends))
            return seconds_until_answer(started, scope_of("GET"))

    return seconds_to_give_up


def connections(started: Started) -> object:
    address = RedactedUrl("postgres://user@host/orders")
    pool: Any = create_engine.create_engine(address, started.settings.database).pool
    return pool.size()


def is_replayed_two_hours_later(started: Started) -> object:
    headers = {"idempotency-key": "k"}
    started.client.post("/orders", json=ORDER, headers=headers)
    with closing(open_command_database(started.settings)) as database:
        two_hours = "UPDATE idempotency_keys SET created_at_ms = created_at_ms - 7200000"
        database.execute(two_hours)
    return started.client.post("/orders", json=ORDER, headers=headers).headers.get(
        "idempotency-replayed"
    )


def link_of(started: Started) -> Any:
    # Of its own: that of the application belongs to another loop.
    return RedisLink(started.settings.service.cache_url, started.settings.cache)


class StalledRedis:
    """Stands for a client whose server never answers."""

    async def ping(self) -> None:
        await asyncio.Event().wait()


def seconds_to_connect(started: Started) -> object:
    link = link_of(started)
    with pytest.MonkeyPatch.context() as patch, jumping_loop() as (loop, selector):
        patch.setattr(link, "_client", StalledRedis())

        async def start() -> float:
            await link.start()
            return selector.ahead

        return round(loop.run_until_complete(start()), 1)


def seconds_of_a_command(started: Started) -> object:
    link = link_of(started)
    with pytest.MonkeyPatch.context() as patch, jumping_loop() as (loop, selector):
        patch.setattr(link, "_client", StalledRedis())
        link._is_ready = True

        async def ask() -> float:
            with pytest.raises(CacheFailed):
                await link.ask(lambda redis: redis.ping())
            return selector.ahead

        return round(loop.run_until_complete(ask()), 1)


def pause_before(tries: int, drawn: float) -> Callable[[Started], object]:
    def pause(started: Started) -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(random, "random", lambda: drawn)
            return round(link_of(started).pause_seconds(tries), 3)

    return pause


def tries_of_a_command(started: Started) -> object:
    return link_of(started)._client.get_retry().get_retries()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port: int = held.getsockname()[1]
        return port
