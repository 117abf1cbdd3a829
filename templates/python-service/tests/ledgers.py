"""Ledgers as the tests need them: with something that effects write, and with time to spare."""

import sqlite3
from collections.abc import Callable
from typing import Any, Final, Protocol

from marlin_service._seaworthy.jobs import (
    JobStore,
    MemoryJobStore,
    SqliteJobStore,
    migrate,
)

LEASE_SECONDS: Final = 3600.0
KEEP_SECONDS: Final = 30 * 86_400.0


class Ledger(Protocol):
    """A store, what its effects wrote, and a way to let its times pass."""

    @property
    def store(self) -> JobStore[Any]:
        """The store."""

    def effect(self, value: int, cursor: object) -> Callable[[Any], object]:
        """Makes an effect that writes a value."""

    def written(self) -> list[int]:
        """What the effects wrote for good."""

    def end_leases(self) -> None:
        """Lets every lease run out."""

    def end_keeping(self) -> None:
        """Lets the time pass for which results are kept."""


class MemoryLedger:
    """A ledger in memory with a clock that only the test moves."""

    def __init__(self) -> None:
        self._now_ms, self._values = 1_000_000, list[int]()
        self.store = MemoryJobStore(lambda: self._now_ms)

    def effect(self, value: int, cursor: object) -> Callable[[Any], object]:
        def write(_: Any) -> object:
            self._values.append(value)
            return cursor

        return write

    def written(self) -> list[int]:
        return self._values

    def end_leases(self) -> None:
        self._now_ms += round(LEASE_SECONDS * 1000)

    def end_keeping(self) -> None:
        self._now_ms += round(KEEP_SECONDS * 1000)


class SqlLedger:
    """A ledger in a database; its times are set back, since its clock is its own."""

    def __init__(self, store: JobStore[Any], connection: Any, placeholder: str) -> None:
        self.store, self.connection, self._placeholder = store, connection, placeholder
        migrate(store)
        self.execute("CREATE TABLE written (value INTEGER NOT NULL)")

    def execute(self, sql: str) -> list[Any]:
        cursor = self.connection.execute(sql)
        rows = list(cursor.fetchall()) if cursor.description else []
        self.connection.commit()
        return rows

    def effect(self, value: int, cursor: object) -> Callable[[Any], object]:
        def write(connection: Any) -> object:
            insert = f"INSERT INTO written VALUES ({self._placeholder})"  # noqa: S608
            connection.execute(insert, (value,))
            return cursor

        return write

    def written(self) -> list[int]:
        return [row[0] for row in self.execute("SELECT value FROM written ORDER BY value")]

    def row(self, key: str) -> dict[str, Any]:
        """Returns the row of a key."""
        columns = (
            "state, attempt, cursor, row_count, result, error, lease_until, started_at, ended_at"
        )
        sql = f"SELECT {columns} FROM seaworthy_jobs WHERE key = '{key}'"  # noqa: S608
        [row] = self.execute(sql)
        return dict(zip(columns.split(", "), row, strict=True))

    def end_leases(self) -> None:
        self.execute("UPDATE seaworthy_jobs SET lease_until = 1")

    def end_keeping(self) -> None:
        self.execute("UPDATE seaworthy_jobs SET lease_until = 1, keep_until = 1")


def sqlite_ledger(path: str = ":memory:") -> SqlLedger:
    """Makes a ledger in SQLite."""
    connection = sqlite3.connect(path, isolation_level=None)
    return SqlLedger(SqliteJobStore(connection), connection, "?")
