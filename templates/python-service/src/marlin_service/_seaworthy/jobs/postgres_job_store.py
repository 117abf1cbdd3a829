"""The ledger in a PostgreSQL database, over any driver that follows DB-API with %s."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final, Protocol, TypeVar

from .job_error import JobError
from .job_problems import connection_busy, store_failed, table_missing
from .job_store import JobToken
from .sql_job_store import SqlJobStore

# Connection lost, no room left, a conflict, an operator's intervention, a lock held too long.
_CAN_HEAL: Final = ("08", "40", "53", "55", "57", "58")
# A transaction that the server ended since nothing came: the worker had been stopped.
_CAN_HEAL_TOO: Final = ("25P03", "25P04")
# CREATE … IF NOT EXISTS fails so where another process creates the same at this moment.
_MADE_AT_ONCE: Final = ("23505", "42P07", "42710")
_MOST_TRIES: Final = 5
_TABLE_MISSING: Final = "42P01"
_IDLE: Final = 0
# For this transaction; a shorter limit stays.
_LIMIT_IDLE: Final = """
SELECT set_config('idle_in_transaction_session_timeout', least(
  nullif(extract(epoch from current_setting('idle_in_transaction_session_timeout')::interval)
    * 1000, 0), %s)::bigint::text, true)
"""


class DbConnection(Protocol):
    """What is used of a connection of psycopg, or of a driver like it."""

    def cursor(self) -> Any:
        """Makes a cursor."""

    def commit(self) -> None:
        """Commits."""

    def rollback(self) -> None:
        """Rolls back."""

    def close(self) -> None:
        """Closes the connection."""


Connection = TypeVar("Connection", bound=DbConnection)


class PostgresJobStore(SqlJobStore[Connection]):
    """Keeps the ledger over a connection, or over one that a function makes when it is needed.

    Effects are given that connection, and must neither commit nor roll back. Each method is one
    transaction with row locks, without session state or advisory locks, so pgbouncer in transaction
    mode is fine. A lost connection is closed; only a function can replace it.
    """

    now = "(extract(epoch from clock_timestamp()) * 1000)::bigint"
    placeholder = "%s"
    # An array is read once; a plain IN may be read again for each row, with other rows each time.
    prune_statement = (
        "DELETE FROM {table} WHERE ctid = ANY(ARRAY(SELECT ctid {due} FOR UPDATE SKIP LOCKED))"
        " RETURNING attempt"
    )
    transaction_number = "txid_current()"

    def __init__(
        self,
        connection: Connection | Callable[[], Connection],
        *,
        table: str = "seaworthy_jobs",
    ) -> None:
        super().__init__(table)
        self._connect = connection if callable(connection) else None
        self._connection = None if callable(connection) else connection

    def close(self) -> None:
        """Closes the connection, if there is one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):
                connection.close()

    def migrate(self) -> None:
        """See JobStore."""
        for tried in range(1, _MOST_TRIES + 1):
            try:
                return super().migrate()
            except JobError as error:
                if tried == _MOST_TRIES or _sqlstate(error.__cause__) not in _MADE_AT_ONCE:
                    raise

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Runs a block as one transaction."""
        connection = self._idle_connection()
        by_hand = bool(getattr(connection, "autocommit", False))
        try:
            if by_hand:
                self.query(connection, "BEGIN")
            yield connection
            if by_hand:
                self.query(connection, "COMMIT")
            else:
                self._commit(connection)
        except BaseException:
            self._roll_back(connection, by_hand=by_hand)
            raise

    def query(
        self, connection: Connection, sql: str, parameters: Sequence[Any] = ()
    ) -> list[Sequence[Any]]:
        """Runs one statement of the ledger."""
        try:
            cursor = connection.cursor()
            try:
                cursor.execute(sql, parameters or None)
                rows = [] if cursor.description is None else cursor.fetchall()
            finally:
                cursor.close()
        except Exception as error:
            raise self._explained(error) from error
        return [tuple(row.values()) if isinstance(row, Mapping) else tuple(row) for row in rows]

    def lock(self, connection: Connection, token: JobToken, idle_ms: int | None = None) -> None:
        """Locks the row. A worker that stops in an effect loses it when its lease is over."""
        if idle_ms is not None:
            self.query(connection, _LIMIT_IDLE, (idle_ms,))
        sql = f"SELECT 1 FROM {self.table} WHERE name = %s AND key = %s FOR UPDATE"  # noqa: S608
        self.query(connection, sql, (token.name, token.key))

    def run_effect(self, connection: Connection, effect: Callable[[Connection], str]) -> str:
        """Runs an effect."""
        try:
            return effect(connection)
        except Exception as error:
            if isinstance(error, JobError) or not _can_heal(error):
                raise
            raise store_failed(self.table, error, can_heal=True) from error

    def _idle_connection(self) -> Connection:
        if getattr(self._connection, "closed", False):
            self.close()
        if self._connection is None:
            self._connection = self._new_connection()
        status = getattr(getattr(self._connection, "info", None), "transaction_status", _IDLE)
        if status != _IDLE:
            raise connection_busy(self.table)
        return self._connection

    def _new_connection(self) -> Connection:
        if self._connect is None:
            closed = ConnectionError("the connection was closed")
            raise store_failed(self.table, closed, can_heal=True)
        try:
            return self._connect()
        except Exception as error:
            raise store_failed(self.table, error, can_heal=True) from error

    def _commit(self, connection: Connection) -> None:
        try:
            connection.commit()
        except Exception as error:
            raise self._explained(error) from error

    def _roll_back(self, connection: Connection, *, by_hand: bool) -> None:
        try:
            if by_hand:
                connection.cursor().execute("ROLLBACK")
            else:
                connection.rollback()
        except Exception:
            self.close()

    def _explained(self, error: Exception) -> JobError:
        if _sqlstate(error) == _TABLE_MISSING:
            return table_missing(self.table)
        return store_failed(self.table, error, can_heal=_can_heal(error))


def _sqlstate(error: BaseException | None) -> str | None:
    code = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)
    return code if isinstance(code, str) else None


def _can_heal(error: Exception) -> bool:
    code = _sqlstate(error)
    if code is not None:
        return code.startswith(_CAN_HEAL) or code in _CAN_HEAL_TOO
    # Without a code it did not come from the server: DB-API names what a lost connection raises.
    names = {each.__name__ for each in type(error).__mro__}
    return bool(names & {"OperationalError", "InterfaceError"})
