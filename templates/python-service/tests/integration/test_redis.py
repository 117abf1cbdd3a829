"""The cache in a real Redis: shared, and never an error."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from marlin_service._seaworthy.redacted_url import RedactedUrl
from marlin_service.cache import CacheFailed, redis_key
from marlin_service.cache.redis_link import RedisLink
from marlin_service.cache.redis_order_cache import RedisOrderCache
from marlin_service.order import Order
from marlin_service.settings import Settings

from captured_log import LogLines
from redis_server import RedisServer, redis_server
from service_process import ServiceProcess, running, spawn

ORDER = '{"orderNumber":"A-1001","sku":"SKU-1","quantity":2}'
MOMENT = "2026-01-01T00:00:00.000Z"
JSON = {"content_type": "application/json"}
CLEAR = ".venv/bin/python -m marlin_service.clear_cache"


@pytest.fixture(scope="module")
def server() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture
def redis(server: RedisServer) -> Iterator["Redis"]:
    with Redis.from_url(server.url) as client:
        client.flushall()
        yield client


def order(number: str) -> Order:
    fields = {"orderNumber": number, "sku": "S", "quantity": 1, "createdAt": MOMENT}
    return Order.model_validate(fields)


def with_cache(
    url: str, folder: Path, use: Callable[[RedisOrderCache], Awaitable[Any]], **environ: str
) -> Any:
    """Uses a cache on a loop of its own."""

    async def run() -> Any:
        settings = Settings.load({"DEPLOY_ENVIRONMENT": "test", **environ}, folder)
        cache = RedisOrderCache(RedisLink(RedactedUrl(url), settings.cache), lambda: 60_000)
        await cache.start()
        try:
            async with asyncio.timeout(30):
                return await use(cache)
        finally:
            await cache.close()

    return asyncio.run(run())


def use_of(service: ServiceProcess, number: str = "A-1001") -> tuple[int, str]:
    status, headers, _ = service.request("GET", f"/orders/{number}")
    return status, headers["cache-status"].partition("; ")[2]


def end(process: "subprocess.Popen[str]") -> tuple[int | None, str, str]:
    output, error = process.communicate(timeout=20)
    return process.returncode, output, error


def test_an_order_is_kept_as_json_for_its_time(
    server: RedisServer, redis: "Redis", tmp_path: Path
) -> None:
    async def use(cache: RedisOrderCache) -> list[Order | None]:
        await cache.put(order("A-1001"))
        await cache.put(order("A-1002"))
        await cache.remove("A-1002")
        return [await cache.get("A-1001"), await cache.get("A-1002")]

    assert with_cache(server.url, tmp_path, use) == [order("A-1001"), None]
    assert redis.keys() == [redis_key("A-1001").encode()]
    stored = f'{{"orderNumber":"A-1001","sku":"S","quantity":1,"createdAt":"{MOMENT}"}}'
    assert redis.get(redis_key("A-1001")) == stored.encode()
    assert 0 < int(redis.pttl(redis_key("A-1001"))) <= 60_000


@pytest.mark.parametrize(
    "value", ["", "{", "null", '{"orderNumber":"A-1001"}', order("A-1002").model_dump_json()]
)
def test_what_is_no_such_order_is_a_miss(
    server: RedisServer, redis: "Redis", tmp_path: Path, value: str
) -> None:
    redis.set(redis_key("A-1001"), value)
    assert with_cache(server.url, tmp_path, lambda cache: cache.get("A-1001")) is None


def test_a_stalled_server_is_a_miss_and_then_it_is_used_again(
    tmp_path: Path, log_lines: LogLines
) -> None:
    with redis_server() as server:

        async def use(cache: RedisOrderCache) -> None:
            await cache.put(order("A-1001"))
            pid = int((await cache.link.ask(lambda redis: redis.info("server")))["process_id"])
            os.kill(pid, signal.SIGSTOP)
            try:
                for _ in range(3):
                    with pytest.raises(CacheFailed):
                        await cache.get("A-1001")
                await cache.put(order("A-1002"))
            finally:
                os.kill(pid, signal.SIGCONT)
            while True:
                try:
                    assert await cache.get("A-1001") == order("A-1001")
                except CacheFailed:
                    await asyncio.sleep(0.01)
                else:
                    return

        with_cache(server.url, tmp_path, use, CACHE_COMMAND_TIMEOUT="100ms")
    [line] = log_lines()
    assert (line["level"], line["message"]) == ("WARNING", "cache failed")
    assert (line["error"]["type"], line["error"]["message"]) == (
        "TimeoutError",
        "Command timed out",
    )


def test_a_server_that_comes_back_is_used_again(tmp_path: Path, log_lines: LogLines) -> None:
    with redis_server() as server:

        async def use(cache: RedisOrderCache) -> None:
            await cache.put(order("A-1001"))
            await asyncio.to_thread(server.stop)
            for _ in range(3):
                with pytest.raises(CacheFailed):
                    await cache.get("A-1001")
            await asyncio.to_thread(server.start)
            while True:
                try:
                    assert await cache.get("A-1001") is None
                except CacheFailed:
                    await asyncio.sleep(0.01)
                else:
                    return

        with_cache(server.url, tmp_path, use)
    assert [line["message"] for line in log_lines()] == ["cache failed"]


def test_processes_share_it_and_one_command_clears_it(
    server: RedisServer, redis: "Redis", tmp_path: Path
) -> None:
    named = {"CACHE_URL": server.url}
    with running(tmp_path, **named) as one, running(tmp_path, **named) as two:
        for number in ("A-1001", "A-1002"):
            one.request("POST", "/orders", ORDER.replace("A-1001", number), **JSON)
            assert use_of(one, number) == (200, "fwd=miss")
        assert use_of(two) == (200, "hit")
        code, output, error = end(spawn(f"{CLEAR} orders:A-1001", tmp_path, **named))
        assert (code, error) == (0, "")
        assert '"message":"cache cleared","key":"orders:A-1001","found":true' in output
        assert '"found":false' in end(spawn(f"{CLEAR} orders:A-1001", tmp_path, **named))[1]
        assert use_of(two) == (200, "fwd=miss")
        assert use_of(two, "A-1002") == (200, "hit")


def test_a_service_starts_and_answers_without_its_cache(tmp_path: Path) -> None:
    with running(tmp_path, CACHE_URL="redis://:hunter2@127.0.0.1:9/0") as service:
        service.request("POST", "/orders", ORDER, **JSON)
        assert [use_of(service) for _ in range(3)] == [(200, "fwd=miss")] * 3
        assert service.stop() == 0
        failures = [line for line in service.lines if line["message"] == "cache failed"]
        # The first may stand before the line that says it listens.
        assert len(failures) == 1
        assert "hunter2" not in str(service.lines) + service.error


def test_an_entry_that_cannot_be_cleared_is_said_without_the_password(tmp_path: Path) -> None:
    url = "redis://:hunter2@127.0.0.1:9/0"
    code, output, error = end(spawn(f"{CLEAR} orders:A-1001", tmp_path, CACHE_URL=url))
    assert (code, output) == (1, "")
    assert error.startswith("CacheError: the cache does not answer. Nothing was cleared.\n")
    assert "   got       redis://***:***@127.0.0.1:9/0: ECONNREFUSED\n" in error
