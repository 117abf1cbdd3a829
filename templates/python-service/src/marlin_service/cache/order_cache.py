"""What every cache of orders does."""

from typing import Protocol

from ..order import Order


class CacheFailed(Exception):
    """The cache did not answer. It is a miss, and the order is not put back."""


class OrderCache(Protocol):
    """Orders by their number, for a while. Only `get` raises, and only CacheFailed."""

    async def start(self) -> None:
        """Gets ready; goes on when that takes too long."""

    async def get(self, order_number: str) -> Order | None:
        """Returns an order that is still fresh."""

    async def put(self, order: Order) -> None:
        """Keeps an order from now on."""

    async def remove(self, order_number: str) -> None:
        """Forgets an order."""

    async def close(self) -> None:
        """Lets go of what it holds."""
