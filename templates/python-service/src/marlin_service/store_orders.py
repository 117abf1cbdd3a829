"""Stores many orders at once, for imports."""

import json
from collections.abc import Sequence
from typing import Any, Final, Literal

from .database import CommandDatabase
from .database.database_kind import DatabaseKind
from .order import NewOrder
from .order_store import to_order, written_now

Outcome = Literal["created", "already there", "conflict"]

_INSERT: Final[dict[DatabaseKind, str]] = {
    "sqlite": "INSERT INTO orders (order_number, sku, quantity, created_at)"
    " SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),"
    " :created_at FROM json_each(:orders) WHERE true"
    " ON CONFLICT (order_number) DO NOTHING RETURNING order_number",
    # Sorted: two imports with the same orders wait for each other in one direction only.
    "postgres": "INSERT INTO orders (order_number, sku, quantity, created_at)"
    " SELECT order_number, sku, quantity, :created_at"
    " FROM unnest(:numbers::text[], :skus::text[], :quantities::integer[])"
    " AS given (order_number, sku, quantity) ORDER BY order_number"
    " ON CONFLICT (order_number) DO NOTHING RETURNING order_number",
}
_SELECT: Final[dict[DatabaseKind, str]] = {
    "sqlite": "SELECT order_number, sku, quantity, created_at FROM orders"
    " WHERE order_number IN (SELECT value FROM json_each(:numbers))",
    "postgres": "SELECT order_number, sku, quantity, created_at FROM orders"
    " WHERE order_number = ANY (:numbers::text[])",
}


def store_orders(database: CommandDatabase, orders: Sequence[NewOrder]) -> list[Outcome]:
    """Stores each order once for each order number, and says what became of each, in their order.

    The surprise: two statements for all of them, however many; one for each would spend most of its
    time on the way to the database. To be called within a transaction.
    """
    # Of two with one number the first counts.
    first: dict[str, NewOrder] = {}
    for order in orders:
        first.setdefault(order.order_number, order)
    rows = database.execute(_INSERT[database.kind], _to_insert(database.kind, [*first.values()]))
    created = {row[0] for row in rows}
    there = first | _find(database, [number for number in first if number not in created])
    return [
        "created"
        if first[order.order_number] is order and order.order_number in created
        else "already there"
        if _same_content(there[order.order_number], order)
        else "conflict"
        for order in orders
    ]


def _same_content(there: NewOrder, order: NewOrder) -> bool:
    return (there.sku, there.quantity) == (order.sku, order.quantity)


def _find(database: CommandDatabase, numbers: Sequence[str]) -> dict[str, NewOrder]:
    if not numbers:
        return {}
    given = {"numbers": json.dumps(numbers) if database.kind == "sqlite" else numbers}
    found = map(to_order, database.execute(_SELECT[database.kind], given))
    return {order.order_number: order for order in found}


def _to_insert(kind: DatabaseKind, orders: Sequence[NewOrder]) -> dict[str, Any]:
    if kind == "sqlite":
        rows = [(order.order_number, order.sku, order.quantity) for order in orders]
        return {"orders": json.dumps(rows), "created_at": written_now()}
    return {
        "numbers": [order.order_number for order in orders],
        "skus": [order.sku for order in orders],
        "quantities": [order.quantity for order in orders],
        "created_at": written_now(),
    }
