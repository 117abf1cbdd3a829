"""The database for commands, which serve no requests: every call blocks."""

import math
import re
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, ClassVar, Final

import psycopg

from .._seaworthy.jobs import JobStore, PostgresJobStore, SqliteJobStore
from ..settings import Settings
from .bounded_connection import connect_bounded
from .database_kind import DatabaseKind, database_kind
from .driver_errors import DRIVER_ERRORS
from .postgres_options import postgres_options
from .sqlite_file import BUSY_TIMEOUT_SECONDS, open_sqlite_file
from .start_errors import database_unreachable

Row = tuple[Any, ...]
_NOTHING: Final[Mapping[str, Any]] = {}
# Not the :: of a cast.
_PARAMETER: Final = re.compile(r"(?<!:):([a-z_]+)")


class CommandDatabase(ABC):
    """One connection in the calling thread. Statements name their parameters `:like_this`."""

    kind: ClassVar[DatabaseKind]
    begin: ClassVar[str]

    @abstractmethod
    def execute(self, sql: str, parameters: Mapping[str, Any] = _NOTHING) -> list[Row]:
        """Runs one statement; within an effect of a job it is part of the job's transaction."""

    @abstractmethod
    def job_store(self) -> JobStore[Any]:
        """Returns the ledger beside the orders."""

    @abstractmethod
    def close(self) -> None:
        """Closes the connection."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commits what the block did, or nothing of it."""
        self.execute(self.begin)
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            # After some errors it was rolled back already.
            with suppress(*DRIVER_ERRORS):
                self.execute("ROLLBACK")
            raise


class SqliteCommandDatabase(CommandDatabase):
    """A connection of sqlite3."""

    kind = "sqlite"
    begin = "BEGIN IMMEDIATE"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, sql: str, parameters: Mapping[str, Any] = _NOTHING) -> list[Row]:
        """See CommandDatabase."""
        return self._connection.execute(sql, parameters).fetchall()

    def job_store(self) -> SqliteJobStore:
        """See CommandDatabase."""
        return SqliteJobStore(self._connection)

    def close(self) -> None:
        """See CommandDatabase."""
        self._connection.close()


class PostgresCommandDatabase(CommandDatabase):
    """A connection of psycopg."""

    kind = "postgres"
    begin = "BEGIN"

    def __init__(self, connection: "psycopg.Connection[Row]") -> None:
        self._connection = connection

    def execute(self, sql: str, parameters: Mapping[str, Any] = _NOTHING) -> list[Row]:
        """See CommandDatabase."""
        # Without parameters it goes as it is: in a migration a :word or a % means itself.
        text = _for_psycopg(sql) if parameters else sql.encode()
        cursor = self._connection.execute(text, parameters or None)
        return cursor.fetchall() if cursor.description else []

    def job_store(self) -> "PostgresJobStore[psycopg.Connection[Row]]":
        """See CommandDatabase."""
        return PostgresJobStore(self._connection)

    def close(self) -> None:
        """See CommandDatabase."""
        self._connection.close()


def open_command_database(
    settings: Settings, migration_seconds: float | None = None
) -> CommandDatabase:
    """Opens the database of this environment; an SQLite file is made where it is missing.

    With `migration_seconds` it waits so long for another migration of a file, and gives no
    statement to PostgreSQL up: a migration may take its time.

    Raises StartError when it cannot be written, or does not answer.
    """
    url = settings.service.database_url
    if database_kind(url) == "sqlite":
        return SqliteCommandDatabase(
            open_sqlite_file(url, migration_seconds or BUSY_TIMEOUT_SECONDS)
        )
    limits = settings.database
    seconds = limits.query_timeout_ms / 1000 if migration_seconds is None else math.inf
    try:
        return PostgresCommandDatabase(connect_bounded(postgres_options(url, limits), seconds))
    except psycopg.Error:
        raise database_unreachable(url) from None


@cache
def _for_psycopg(sql: str) -> bytes:
    return _PARAMETER.sub(r"%(\1)s", sql).encode()
