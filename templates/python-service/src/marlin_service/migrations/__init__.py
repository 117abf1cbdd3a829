"""The tables, in steps: numbered files that are applied once each."""

from .migration_error import MigrationError
from .migration_file import MigrationFile, read_migrations
from .migration_history import MigrationHistory
from .open_migrated import open_migrated
from .run_migrations import run_migrations

__all__ = [
    "MigrationError",
    "MigrationFile",
    "MigrationHistory",
    "open_migrated",
    "read_migrations",
    "run_migrations",
]
