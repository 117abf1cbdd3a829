"""The ledger of jobs on a connection of its own."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from .._seaworthy.jobs import JobStore, PostgresJobStore, SqliteJobStore
from ..settings import Settings
from .bounded_connection import connect_bounded
from .database_kind import database_kind
from .postgres_options import postgres_options
from .sqlite_file import open_sqlite_file


@contextmanager
def open_ledger(settings: Settings) -> Iterator[JobStore[Any]]:
    """Opens the ledger; a connection to PostgreSQL is made when it is needed, and again if lost.

    Raises StartError when a file cannot be opened.
    """
    url = settings.service.database_url
    if database_kind(url) == "sqlite":
        with closing(open_sqlite_file(url)) as connection:
            yield SqliteJobStore(connection)
    else:
        options = postgres_options(url, settings.database)
        seconds = settings.database.query_timeout_ms / 1000
        with closing(PostgresJobStore(lambda: connect_bounded(options, seconds))) as store:
            yield store
