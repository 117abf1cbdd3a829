"""The cache forgets with time, and never grows past its bound."""

import asyncio
from pathlib import Path

import pytest

from marlin_service.cache.entry_lifetime import order_lifetime
from marlin_service.cache.memory_order_cache import MemoryOrderCache
from marlin_service.order import Order
from marlin_service.settings import Settings

MOMENT = "2026-01-01T00:00:00.000Z"


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def order(number: str) -> Order:
    fields = {"orderNumber": number, "sku": "S", "quantity": 1, "createdAt": MOMENT}
    return Order.model_validate(fields)


def test_an_order_is_kept_for_its_time() -> None:
    async def use() -> None:
        clock = Clock()
        cache = MemoryOrderCache(lambda: 5000, clock)
        await cache.put(order("A-10"))
        clock.seconds = 4.999
        assert await cache.get("A-10") == order("A-10")
        clock.seconds = 5.0
        assert await cache.get("A-10") is None
        assert await cache.get("A-11") is None

    asyncio.run(use())


def test_a_lifetime_is_drawn_for_each_order() -> None:
    async def use() -> None:
        clock, lifetimes = Clock(), iter((5000, 7000))
        cache = MemoryOrderCache(lambda: next(lifetimes), clock)
        await cache.put(order("A-10"))
        await cache.put(order("A-11"))
        clock.seconds = 6.0
        assert await cache.get("A-10") is None
        assert await cache.get("A-11") == order("A-11")

    asyncio.run(use())


@pytest.mark.parametrize(
    ("environ", "drawn", "lifetime_ms"),
    [
        ({}, 0.0, 270_000),
        ({}, 0.5, 300_000),
        ({"CACHE_TTL_JITTER": "0.5"}, 1.0, 450_000),
        ({"CACHE_TTL_JITTER": "0", "ORDER_CACHE_TTL": "1m"}, 1.0, 60_000),
    ],
)
def test_an_order_is_kept_about_as_long_as_order_cache_ttl_says(
    tmp_path: Path, environ: dict[str, str], drawn: float, lifetime_ms: int
) -> None:
    settings = Settings.load({"DEPLOY_ENVIRONMENT": "test", **environ}, tmp_path)
    assert order_lifetime(settings, lambda: drawn)() == lifetime_ms


def test_the_oldest_of_1000_goes_first() -> None:
    async def use() -> None:
        cache = MemoryOrderCache(lambda: 5000, Clock())
        for number in range(1000):
            await cache.put(order(f"A-{number:04}"))
        await cache.put(order("A-0000"))
        await cache.put(order("B-0000"))
        assert await cache.get("A-0001") is None
        for kept in ("A-0000", "A-0002", "B-0000"):
            assert await cache.get(kept) is not None

    asyncio.run(use())


def test_an_order_that_is_removed_is_gone() -> None:
    async def use() -> None:
        cache = MemoryOrderCache(lambda: 5000, Clock())
        await cache.put(order("A-10"))
        await cache.put(order("A-11"))
        await cache.remove("A-10")
        await cache.remove("A-10")
        assert await cache.get("A-10") is None
        assert await cache.get("A-11") == order("A-11")

    asyncio.run(use())
