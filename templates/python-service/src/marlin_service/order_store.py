"""Orders in the database. An order number is stored once, whoever asks first."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from .database import Database
from .order import Order, OrderInput

INSERT: Final = (
    "INSERT INTO orders (order_number, sku, quantity, created_at) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (order_number) DO NOTHING RETURNING order_number, sku, quantity, created_at"
)
SELECT_ONE: Final = (
    "SELECT order_number, sku, quantity, created_at FROM orders WHERE order_number = ?"
)
_SELECT_NEWEST: Final = (
    "SELECT order_number, sku, quantity, created_at FROM orders ORDER BY id DESC LIMIT ?"
)


class OrderStore:
    """Stores and finds orders; each method says how many database calls it makes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def insert(self, order: OrderInput) -> Order | None:
        """Stores an order in one call; returns None when its number is taken."""
        rows = await self._database.execute(INSERT, insert_parameters(order))
        return to_order(rows[0]) if rows else None

    async def find(self, order_number: str) -> Order | None:
        """Finds an order in one call."""
        rows = await self._database.execute(SELECT_ONE, (order_number,))
        return to_order(rows[0]) if rows else None

    async def newest(self, limit: int) -> list[Order]:
        """Lists the newest orders in one call."""
        return [to_order(row) for row in await self._database.execute(_SELECT_NEWEST, (limit,))]


def insert_parameters(order: OrderInput) -> tuple[str, str, int, str]:
    """Returns what INSERT stores for an order, at this moment."""
    moment = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return (order.order_number, order.sku, order.quantity, moment)


def to_order(row: Sequence[Any]) -> Order:
    """Returns a row as an order; what is stored was validated when it came in."""
    number, sku, quantity, created_at = row
    return Order.model_construct(
        order_number=number, sku=sku, quantity=quantity, created_at=created_at
    )
