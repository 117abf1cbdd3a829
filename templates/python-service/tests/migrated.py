"""Applies the migrations without a word, for tests that look at the log."""

from contextlib import closing

from marlin_service.database import open_command_database
from marlin_service.migrations import read_migrations, run_migrations
from marlin_service.settings import Settings


def migrate_silently(settings: Settings) -> None:
    """Brings the database of these settings to the newest file."""
    with closing(open_command_database(settings)) as database:
        for _ in run_migrations(database, read_migrations(database.kind)):
            pass
