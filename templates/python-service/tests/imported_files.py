"""A file to import, the environment to import it in, and what was stored of it."""

from pathlib import Path
from typing import Final

from marlin_service._seaworthy.redacted_url import RedactedUrl
from marlin_service.database import Database

HEADER: Final = "orderNumber,sku,quantity\n"


def write(folder: Path, rows: str | bytes) -> str:
    """Writes a file to import, and returns its path."""
    path = folder / "orders.csv"
    path.write_bytes(rows if isinstance(rows, bytes) else rows.encode())
    return str(path)


def query(environ: dict[str, str], sql: str) -> list[tuple[object, ...]]:
    """Runs a statement in the database of an environment."""
    database = Database(RedactedUrl(environ["DATABASE_URL"]))
    try:
        return database.execute_now(sql)
    finally:
        database.close()


def stored(environ: dict[str, str]) -> list[tuple[object, ...]]:
    """Returns the orders in the order in which they were stored."""
    return query(environ, "SELECT order_number, sku, quantity FROM orders ORDER BY id")
