"""The ledger in a SQLite database, beside the rows that the effects write."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final

from .job_error import JobError
from .job_problems import connection_busy, store_failed, table_missing, transaction_ended
from .job_store import JobToken
from .sql_job_store import SqlJobStore

# What passes: another process writes, the disk is full or does not answer.
_CAN_HEAL: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)


class SqliteJobStore(SqlJobStore[sqlite3.Connection]):
    """Keeps the ledger over one connection; effects are given that connection.

    Each transaction is BEGIN IMMEDIATE … COMMIT. The surprise: what another thread executes on
    the same connection meanwhile would be part of it, so give the job a connection of its own.
    """

    now = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
    placeholder = "?"
    prune_statement = "DELETE FROM {table} WHERE rowid IN (SELECT rowid {due}) RETURNING attempt"
    # Not needed: SAVEPOINT tells.
    transaction_number = "0"

    def __init__(self, connection: sqlite3.Connection, *, table: str = "seaworthy_jobs") -> None:
        super().__init__(table)
        self._connection = connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Runs a block as one transaction that has the write lock from its beginning."""
        connection = self._connection
        if self._is_busy():
            raise connection_busy(self.table)
        self.query(connection, "BEGIN IMMEDIATE")
        try:
            yield connection
            self.query(connection, "COMMIT")
        except BaseException:
            # After some errors SQLite has rolled back already.
            with suppress(sqlite3.Error):
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Needs no lock: whoever only looks keeps no writer waiting."""
        if self._is_busy():
            raise connection_busy(self.table)
        yield self._connection

    def query(
        self, connection: sqlite3.Connection, sql: str, parameters: Sequence[Any] = ()
    ) -> list[Sequence[Any]]:
        """Runs one statement of the ledger."""
        cursor = connection.cursor()
        # Whatever rows the service prefers, these are tuples.
        cursor.row_factory = None
        try:
            return cursor.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise self._explained(error) from error
        finally:
            cursor.close()

    def lock(
        self, connection: sqlite3.Connection, token: JobToken, idle_ms: int | None = None
    ) -> None:
        """Does nothing: BEGIN IMMEDIATE has locked the database."""

    def run_effect(
        self, connection: sqlite3.Connection, effect: Callable[[sqlite3.Connection], str]
    ) -> str:
        """Runs an effect between two marks; a COMMIT or ROLLBACK of its own removes them."""
        self.query(connection, "SAVEPOINT effect_of_job")
        try:
            cursor = effect(connection)
        except sqlite3.Error as error:
            if _can_heal(error):
                raise store_failed(self.table, error, can_heal=True) from error
            raise
        try:
            connection.execute("RELEASE effect_of_job")
        except sqlite3.OperationalError as error:
            raise transaction_ended(self.table) from error
        return cursor

    def _is_busy(self) -> bool:
        try:
            return self._connection.in_transaction
        except sqlite3.Error as error:
            # It was closed.
            raise self._explained(error) from error

    def _explained(self, error: sqlite3.Error) -> JobError:
        if str(error).startswith("no such table"):
            return table_missing(self.table)
        return store_failed(self.table, error, can_heal=_can_heal(error))


def _can_heal(error: sqlite3.Error) -> bool:
    # The low byte is the code itself; the rest tells its variants apart. A mistake of the caller,
    # such as a closed connection, has no code.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _CAN_HEAL
