"""What the errors of the two drivers mean."""

import sqlite3
from typing import Final

import psycopg

_NO_ANSWER: Final = "the connection to the database failed, or gave no answer in time"
DRIVER_ERRORS: Final = (sqlite3.Error, psycopg.Error)
_LOCK_NOT_AVAILABLE: Final = "55P03"
_SQLITE_UNAVAILABLE: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)
# Connection lost, conflict of transactions, no room left, ended from outside, trouble of the disk.
_POSTGRES_UNAVAILABLE: Final = ("08", "40", "53", "57", "58")
# A standby that takes no writes, a transaction or a wait for a lock that took too long.
_POSTGRES_UNAVAILABLE_TOO: Final = ("25006", "25P03", "25P04", _LOCK_NOT_AVAILABLE)


class DatabaseUnavailable(Exception):
    """The database is locked, full, read-only or gone; the same call may go well later."""

    def __init__(self, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.code = code


def unavailable(error: BaseException | None) -> DatabaseUnavailable | None:
    """Returns what to raise instead of an error of a driver where trying again can help."""
    if isinstance(error, sqlite3.OperationalError):
        # The low byte is the code itself; the rest tells its variants apart.
        heals = error.sqlite_errorcode & 0xFF in _SQLITE_UNAVAILABLE
        return DatabaseUnavailable(str(error), error.sqlite_errorname) if heals else None
    if isinstance(error, psycopg.Error) and _postgres_heals(error):
        return DatabaseUnavailable(str(error), error.sqlstate)
    return None


def waited_too_long(error: BaseException | None) -> bool:
    """Whether a lock was not to be had within lock_timeout."""
    return isinstance(error, psycopg.Error) and error.sqlstate == _LOCK_NOT_AVAILABLE


def driver_message(error: BaseException) -> str:
    """Returns what a database said, on one line and without an address.

    That a connection was lost comes from the driver, which names the host.
    """
    if isinstance(error, psycopg.Error):
        return error.diag.message_primary or _NO_ANSWER
    return str(error)


def _postgres_heals(error: psycopg.Error) -> bool:
    code = error.sqlstate
    if code is None:
        return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
    return code.startswith(_POSTGRES_UNAVAILABLE) or code in _POSTGRES_UNAVAILABLE_TOO
