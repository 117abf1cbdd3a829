"""Applies what is pending, each file in a transaction of its own."""

import time
from collections.abc import Iterator, Sequence
from typing import Final

from ..database import DRIVER_ERRORS, CommandDatabase, driver_message, explain_failures
from .migration_error import migration_changed, migration_failed
from .migration_file import MigrationFile
from .migration_history import MigrationHistory

# Of two that run at once one waits here, and then finds nothing left. The number is "mgrt".
_LOCK: Final = "SELECT pg_advisory_xact_lock(1835496052)"


def run_migrations(
    database: CommandDatabase, files: Sequence[MigrationFile]
) -> Iterator[tuple[MigrationFile, float]]:
    """Yields each file once it is applied, and how many seconds it took.

    Raises MigrationError before anything is applied when a file was changed, and when one fails.
    """
    history = MigrationHistory(database)
    with explain_failures():
        applied = history.applied()
    changed = [each for each in files if applied.get(each.number, each.sha256) != each.sha256]
    if changed:
        raise migration_changed(changed)
    for file in files:
        started = time.perf_counter()
        if file.number not in applied and _apply(database, history, file):
            yield file, time.perf_counter() - started


def _apply(database: CommandDatabase, history: MigrationHistory, file: MigrationFile) -> bool:
    try:
        with database.transaction():
            if database.kind == "postgres":
                database.execute(_LOCK)
            if file.number in history.applied():
                return False
            for statement in file.statements:
                database.execute(statement)
            history.add(file)
            return True
    except DRIVER_ERRORS as error:
        raise migration_failed(file, driver_message(error)) from error
