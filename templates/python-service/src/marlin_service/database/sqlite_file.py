"""Opens the file of a sqlite: URL."""

import errno
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from .._seaworthy.redacted_url import RedactedUrl
from .start_errors import database_unusable

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
    path = sqlite_path(url)
    if path.name == ":memory:":
        raise database_unusable(url, "a database in memory would forget every order")
    try:
        return _open(path, busy_seconds)
    except sqlite3.Error as error:
        raise database_unusable(url, str(error)) from error
    except (OSError, ValueError) as error:
        raise database_unusable(url, _system_name(error)) from error


def _open(path: Path, busy_seconds: float) -> sqlite3.Connection:
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


def _system_name(error: OSError | ValueError) -> str:
    # The same in every language, such as ENOTDIR. A path with a null character has none.
    number = error.errno if isinstance(error, OSError) else None
    return str(error) if number is None else errno.errorcode.get(number, str(number))
