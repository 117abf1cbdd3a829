"""The database: SQLite in a file, or PostgreSQL."""

from .command_database import CommandDatabase, open_command_database
from .database import Database, Session
from .driver_errors import DRIVER_ERRORS, DatabaseUnavailable, driver_message
from .open_ledger import open_ledger
from .start_errors import explain_failures

__all__ = [
    "DRIVER_ERRORS",
    "CommandDatabase",
    "Database",
    "DatabaseUnavailable",
    "Session",
    "driver_message",
    "explain_failures",
    "open_command_database",
    "open_ledger",
]
