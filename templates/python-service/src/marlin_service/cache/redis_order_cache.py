"""Keeps found orders in a Redis that processes share."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Final

from pydantic import ValidationError

from ..order import Order
from ..service import SERVICE_NAME
from .order_cache import CacheFailed
from .redis_link import RedisLink

# The calendar is asked besides.
_MOMENT: Final = re.compile(r"[0-9-]{10}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z")


class RedisOrderCache:
    """Each order is JSON under a key of this service; Redis lets it expire."""

    def __init__(self, link: RedisLink, lifetime_ms: Callable[[], int]) -> None:
        self.link, self._lifetime_ms = link, lifetime_ms

    async def start(self) -> None:
        """See OrderCache."""
        await self.link.start()

    async def get(self, order_number: str) -> Order | None:
        """See OrderCache. What is there and is no such order is a miss."""
        value = await self.link.ask(lambda redis: redis.get(redis_key(order_number)))
        if value is None:
            return None
        try:
            order = Order.model_validate_json(value)
        except ValidationError:
            return None
        is_meant = order.order_number == order_number and _is_moment(order.created_at)
        return order if is_meant else None

    async def put(self, order: Order) -> None:
        """See OrderCache."""
        key, value = redis_key(order.order_number), order.model_dump_json(by_alias=True)
        with suppress(CacheFailed):
            lifetime_ms = self._lifetime_ms()
            await self.link.ask(lambda redis: redis.set(key, value, px=lifetime_ms))

    async def remove(self, order_number: str) -> None:
        """See OrderCache."""
        with suppress(CacheFailed):
            await self.link.ask(lambda redis: redis.delete(redis_key(order_number)))

    async def close(self) -> None:
        """See OrderCache."""
        await self.link.close()


def redis_key(order_number: str) -> str:
    """Returns the key of an order; other services may use the same Redis."""
    return f"{SERVICE_NAME}:orders:{order_number}"


def _is_moment(text: str) -> bool:
    try:
        return _MOMENT.fullmatch(text) is not None and bool(datetime.fromisoformat(text))
    except ValueError:
        return False
