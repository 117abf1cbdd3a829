"""The cache forgets with time, and never grows past its bound."""

import asyncio

from marlin_service.cache.memory_order_cache import MemoryOrderCache
from marlin_service.order import Order

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
        cache = MemoryOrderCache(5000, clock)
        await cache.put(order("A-10"))
        clock.seconds = 4.999
        assert await cache.get("A-10") == order("A-10")
        clock.seconds = 5.0
        assert await cache.get("A-10") is None
        assert await cache.get("A-11") is None

    asyncio.run(use())


def test_the_oldest_of_1000_goes_first() -> None:
    async def use() -> None:
        cache = MemoryOrderCache(5000, Clock())
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
        cache = MemoryOrderCache(5000, Clock())
        await cache.put(order("A-10"))
        await cache.put(order("A-11"))
        await cache.remove("A-10")
        await cache.remove("A-10")
        assert await cache.get("A-10") is None
        assert await cache.get("A-11") == order("A-11")

    asyncio.run(use())
