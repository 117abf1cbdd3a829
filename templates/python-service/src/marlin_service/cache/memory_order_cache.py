"""Keeps found orders in memory for a while."""

import time
from collections.abc import Callable
from typing import Final

from ..order import Order

_LARGEST_SIZE: Final = 1000


class MemoryOrderCache:
    """Holds at most 1,000 orders of this process; the one that came in first goes first."""

    def __init__(
        self, lifetime_ms: Callable[[], int], now: Callable[[], float] = time.monotonic
    ) -> None:
        self._lifetime_ms = lifetime_ms
        self._now = now
        self._entries: dict[str, tuple[float, Order]] = {}

    async def start(self) -> None:
        """Does nothing: it is ready."""

    async def get(self, order_number: str) -> Order | None:
        """See OrderCache."""
        expires, order = self._entries.get(order_number, (0.0, None))
        if order is not None and expires <= self._now():
            del self._entries[order_number]
            return None
        return order

    async def put(self, order: Order) -> None:
        """See OrderCache."""
        self._entries.pop(order.order_number, None)
        if len(self._entries) >= _LARGEST_SIZE:
            del self._entries[next(iter(self._entries))]
        expires = self._now() + self._lifetime_ms() / 1000
        self._entries[order.order_number] = (expires, order)

    async def remove(self, order_number: str) -> None:
        """See OrderCache."""
        self._entries.pop(order_number, None)

    async def close(self) -> None:
        """Does nothing: there is nothing to let go of."""
