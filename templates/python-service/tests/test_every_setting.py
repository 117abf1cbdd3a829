"""Every variable does something: with another value, what the program builds is another."""

import asyncio
import random
import re
import selectors
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from marlin_service._seaworthy.asgi import Message, Scope
from marlin_service._seaworthy.health.recording.minute_record import (
    MinuteStratum,
)
from marlin_service.database import Database
from marlin_service.json_log import log_fields
from marlin_service.settings import Settings

from started_program import Started, started

ORDER = {"orderNumber": "A-1001", "sku": "SKU-1", "quantity": 2}
JSON = {"content-type": "application/json"}


class JumpingSelector(selectors.DefaultSelector):
    """Never waits: the clock of its loop jumps to the next timer."""

    ahead = 0.0

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        self.ahead += 0 if ready else timeout or 0
        return ready


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


@contextmanager
def jumping_loop() -> Iterator[tuple[asyncio.AbstractEventLoop, JumpingSelector]]:
    selector = JumpingSelector()
    loop = asyncio.SelectorEventLoop(selector)
    real_time = loop.time
    loop.time = lambda: real_time() + selector.ahead  # type: ignore[method-assign]
    try:
        yield loop, selector
    finally:
        loop.close()


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


def is_refused_by_a_rule(started: Started) -> object:
    return "CFG_RULE" in started.error and "HTTP_BALANCER_IDLE_TIMEOUT" in started.error


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


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port: int = held.getsockname()[1]
        return port


PORT = free_port()

# Another value for each variable, what shows it, and what that shows before and after.
EFFECTS: dict[str, tuple[str, Callable[[Started], object], object, object]] = {
    "HTTP_HOST": ("0.0.0.0", lambda it: it.address[0], "127.0.0.1", "0.0.0.0"),
    "HTTP_PORT": (str(PORT), lambda it: it.address[1] == PORT, False, True),
    "HTTP_REQUEST_TIMEOUT": ("40s", seconds_to_arrive, 30, 40),
    "HTTP_KEEP_ALIVE_TIMEOUT": ("80s", lambda it: it.config.timeout_keep_alive, 72, 80),
    "HTTP_BALANCER_IDLE_TIMEOUT": ("100s", is_refused_by_a_rule, False, True),
    "HTTP_HANDLER_TIMEOUT": ("20s", seconds_to_answer, 25, 20),
    "HTTP_DRAIN_TIMEOUT": ("20s", lambda it: it.config.timeout_graceful_shutdown, 30, 20),
    "HTTP_MAX_HEADER_SIZE": (
        "32KiB",
        lambda it: it.config.h11_max_incomplete_event_size,
        16_384,
        32_768,
    ),
    "HTTP_BODY_LIMIT": ("2MiB", status_of_a_large_body, 413, 400),
    "HTTP_TRUSTED_PROXIES": (
        "10.0.0.0/8",
        lambda it: (it.config.proxy_headers, it.config.forwarded_allow_ips),
        (False, []),
        (True, ["10.0.0.0/8"]),
    ),
    "LOG_LEVEL": ("warn", logged_at("info"), True, False),
    "LOG_REDACT_KEYS": ("iban", is_field_logged, True, False),
    "HEALTH_CHECK_TIMEOUT": ("600ms", time_out_of_a_check, "500", "600"),
    "HEALTH_CHECK_INTERVAL": ("20s", checks_in_a_minute, 12, 3),
    "HEALTH_CHECK_FAIL_AFTER": ("1", status_after_one_failure, "pass", "warn"),
    "DATABASE_URL": ("sqlite:other.db", database_files, ["test.db"], ["other.db"]),
    "HEALTH_TOKEN": ("another-health-token", is_token_known, False, True),
    "HEALTH_HISTORY_PATH": (
        "other.ndjson",
        history_files,
        ["test-health-history.ndjson"],
        ["other.ndjson"],
    ),
    "RELEASE_ID": (
        "v7",
        lambda it: it.client.get("/orders").headers["x-release"],
        "unreleased",
        "v7",
    ),
    "ORDER_CACHE_TTL": ("59s", database_calls_a_minute_later, "db;desc=0", "db;desc=1"),
}


@pytest.mark.parametrize("variable", [each.setting.variable for each in Settings.declared()])
def test_another_value_changes_something(
    variable: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert variable in EFFECTS, "it needs a line in the table"
    value, shown, before, after = EFFECTS[variable]
    with started(tmp_path / "before", capsys) as program_before:
        assert shown(program_before) == before
    with started(tmp_path / "after", capsys, **{variable: value}) as program_after:
        assert shown(program_after) == after
    assert before != after


def test_the_table_names_nothing_else() -> None:
    assert list(EFFECTS) == [each.setting.variable for each in Settings.declared()]
