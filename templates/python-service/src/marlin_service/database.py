"""The one door to SQLite: every call of a request is counted here."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from ._seaworthy.health import count_database_call
from ._seaworthy.jobs import JobError, SqliteJobStore, migrate
from ._seaworthy.redacted_url import RedactedUrl
from .service import SERVICE_OWNER
from .start_error import StartError

_BUSY_TIMEOUT_SECONDS: Final = 2.0
_UNAVAILABLE: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)
_SCHEMA: Final = (
    """
    CREATE TABLE IF NOT EXISTS orders (
      id INTEGER PRIMARY KEY,
      order_number TEXT NOT NULL UNIQUE,
      sku TEXT NOT NULL,
      quantity INTEGER NOT NULL,
      created_at TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE IF NOT EXISTS order_summaries (
      day TEXT PRIMARY KEY,
      orders INTEGER NOT NULL,
      quantity INTEGER NOT NULL
    )
    """,
)

Row = tuple[Any, ...]


class DatabaseUnavailable(Exception):
    """The database is locked, full or read-only; the same call may go well later."""


class Database:
    """One connection in one thread of its own, so a slow disk never stops the event loop."""

    def __init__(self, url: RedactedUrl) -> None:
        """Opens the file of a sqlite: URL, and makes its folder and table where missing.

        Raises StartError when the file cannot be opened for writing.
        """
        try:
            self._connection = _open(url)
        except (OSError, sqlite3.Error, JobError, ValueError) as error:
            raise _unusable(url) from error
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Runs one statement as one counted call of the request that runs now.

        Raises DatabaseUnavailable where trying again later can help.
        """
        count_database_call()
        return await self._in_thread(lambda: self.execute_now(sql, parameters))

    async def check(self) -> None:
        """Asks the database for a constant; counts for no request."""
        await self._in_thread(lambda: self.execute_now("SELECT 1"))

    def execute_now(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Runs one statement in the calling thread, for commands that serve no requests."""
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.OperationalError as error:
            # The low byte is the code itself; the rest tells its variants apart.
            if error.sqlite_errorcode & 0xFF in _UNAVAILABLE:
                raise DatabaseUnavailable(str(error)) from error
            raise

    def job_store(self) -> SqliteJobStore:
        """Returns the ledger beside the orders, for commands that serve no requests.

        Its transactions run in the calling thread, so no request may use this database meanwhile.
        """
        return SqliteJobStore(self._connection)

    def close(self) -> None:
        """Closes the file once the running call has ended."""
        self._thread.shutdown()
        self._connection.close()

    async def _in_thread(self, call: Callable[[], list[Row]]) -> list[Row]:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)


def _open(url: RedactedUrl) -> sqlite3.Connection:
    path = Path(url.get_secret_value().removeprefix("sqlite:"))
    if path.name == ":memory:":
        raise ValueError("a database in memory would forget every order")
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(
        path, timeout=_BUSY_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        for statement in _SCHEMA:
            connection.execute(statement)
        # It asks for the write lock even when every table is there, and so finds a file that
        # cannot be written.
        migrate(SqliteJobStore(connection))
    except BaseException:
        connection.close()
        raise
    return connection


def _unusable(url: RedactedUrl) -> StartError:
    return StartError(
        "the database cannot be opened for writing",
        code="START_DATABASE_UNUSABLE",
        got=str(url),
        expected="a database file in a folder this process may write",
        fix="make the folder writable, or set DATABASE_URL to another file",
        retry="yes: once the folder can be written",
        owner=SERVICE_OWNER,
    )
