"""A file to import, the environment to import it in, and what was stored of it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

HEADER: Final = "orderNumber,sku,quantity\n"


def write(folder: Path, rows: str | bytes) -> str:
    """Writes a file to import, and returns its path."""
    path = folder / "orders.csv"
    path.write_bytes(rows if isinstance(rows, bytes) else rows.encode())
    return str(path)


def query(environ: dict[str, str], sql: str) -> list[tuple[object, ...]]:
    """Runs a statement in the database of an environment."""
    path = environ["DATABASE_URL"].removeprefix("sqlite:")
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(sql).fetchall()


def stored(environ: dict[str, str]) -> list[tuple[object, ...]]:
    """Returns the orders in the order in which they were stored."""
    return query(environ, "SELECT order_number, sku, quantity FROM orders ORDER BY id")
