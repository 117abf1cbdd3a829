"""Opens the file of a sqlite: URL."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from .._seaworthy.redacted_url import RedactedUrl
from ..service import SERVICE_OWNER
from ..start_error import StartError

BUSY_TIMEOUT_SECONDS: Final = 2.0
PRAGMAS: Final = ("PRAGMA journal_mode = WAL", "PRAGMA foreign_keys = ON")


def sqlite_path(url: RedactedUrl) -> Path:
    """Returns the path of the file."""
    return Path(unquote(url.get_secret_value().removeprefix("sqlite:")))


def open_sqlite_file(
    url: RedactedUrl, busy_seconds: float = BUSY_TIMEOUT_SECONDS
) -> sqlite3.Connection:
    """Opens the file, and makes it and its folder where missing.

    Raises StartError when it cannot be opened for writing.
    """
    try:
        return _open(sqlite_path(url), busy_seconds)
    except (OSError, sqlite3.Error, ValueError) as error:
        raise _unusable(url) from error


def _open(path: Path, busy_seconds: float) -> sqlite3.Connection:
    if path.name == ":memory:":
        raise ValueError("a database in memory would forget every order")
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(
        path, timeout=busy_seconds, isolation_level=None, check_same_thread=False
    )
    try:
        for pragma in PRAGMAS:
            with closing(connection.execute(pragma)):
                pass
        # Only the write lock finds out that a file cannot be written.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
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
