"""Orders in the database. An order number is stored once, whoever asks first."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from .database import Database, Session
from .order import NewOrder, Order

_INSERT: Final = (
    "INSERT INTO orders (order_number, sku, quantity, created_at)"
    " VALUES (:order_number, :sku, :quantity, :created_at)"
    " ON CONFLICT (order_number) DO NOTHING RETURNING order_number, sku, quantity, created_at"
)
_SELECT_ONE: Final = (
    "SELECT order_number, sku, quantity, created_at FROM orders WHERE order_number = :order_number"
)
_SELECT_NEWEST: Final = (
    "SELECT order_number, sku, quantity, created_at, id FROM orders ORDER BY id DESC LIMIT :rows"
)
_SELECT_NEXT: Final = (
    "SELECT order_number, sku, quantity, created_at, id FROM orders WHERE id < :after"
    " ORDER BY id DESC LIMIT :rows"
)


class Page(NamedTuple):
    """Some orders, and after which id the next ones come; None when there are no more."""

    orders: list[Order]
    next: int | None


class OrderStore:
    """Stores and finds orders; each method says how many database calls it makes.

    A method that is given a session runs in its transaction.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def insert(self, order: NewOrder, session: Session | None = None) -> Order | None:
        """Stores an order in one call; returns None when its number is taken."""
        rows = await (session or self._database).execute(_INSERT, _to_insert(order))
        return to_order(rows[0]) if rows else None

    async def find(self, order_number: str, session: Session | None = None) -> Order | None:
        """Finds an order in one call."""
        given = {"order_number": order_number}
        rows = await (session or self._database).execute(_SELECT_ONE, given)
        return to_order(rows[0]) if rows else None

    async def newest(self, limit: int, after: int | None) -> Page:
        """Lists the newest orders, or the next older ones after an id, in one call.

        The surprise: one row more than asked for is read, which says whether there is more.
        """
        if after is None:
            rows = await self._database.execute(_SELECT_NEWEST, {"rows": limit + 1})
        else:
            given = {"after": after, "rows": limit + 1}
            rows = await self._database.execute(_SELECT_NEXT, given)
        shown = rows[:limit]
        orders = [to_order(row[:-1]) for row in shown]
        return Page(orders, shown[-1][-1] if len(rows) > limit else None)


def written_now() -> str:
    """Returns this moment as orders hold it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _to_insert(order: NewOrder) -> dict[str, Any]:
    return {
        "order_number": order.order_number,
        "sku": order.sku,
        "quantity": order.quantity,
        "created_at": written_now(),
    }


def to_order(row: Sequence[Any]) -> Order:
    """Returns a row as an order; what is stored was validated when it came in."""
    number, sku, quantity, created_at = row
    return Order.model_construct(
        order_number=number, sku=sku, quantity=quantity, created_at=created_at
    )
