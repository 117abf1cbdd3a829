"""Opens the database for a command, which needs every table."""

from collections.abc import Iterator
from contextlib import contextmanager

from ..database import CommandDatabase, explain_failures, open_command_database
from ..settings import Settings
from .migration_error import migration_pending
from .migration_file import read_migrations
from .migration_history import MigrationHistory


@contextmanager
def open_migrated(settings: Settings) -> Iterator[CommandDatabase]:
    """Opens the database, and closes it at the end.

    Raises StartError when it cannot be used, or while a migration is pending.
    """
    database = open_command_database(settings)
    try:
        files = read_migrations(database.kind)
        with explain_failures():
            pending = MigrationHistory(database).pending(files)
        if pending:
            raise migration_pending(pending)
        yield database
    finally:
        database.close()
