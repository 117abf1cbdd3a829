"""Applies what is pending, each file in a transaction of its own."""

import time
from collections.abc import Iterator, Sequence
from typing import Final

from ..database import DRIVER_ERRORS, CommandDatabase, driver_message, explain_failures
from .migration_error import migration_changed, migration_changed_meanwhile, migration_failed
from .migration_file import MigrationFile
from .migration_history import MigrationHistory

# Of two that run at once one waits here, and then finds nothing left. The number is "mgrt".
_WAIT_FOR_OTHERS: Final = (
    # The limits of the role are for requests; a migration may take long, and so may somebody
    # else's. Not every server has each.
    "SELECT set_config(name, '0', true) FROM pg_settings"
    " WHERE name IN ('lock_timeout', 'statement_timeout', 'transaction_timeout')",
    "SELECT pg_advisory_xact_lock(1835496052)",
    # Whoever wants a table that a migration waits for waits behind it: better that it fails, and
    # is run again.
    "SET LOCAL lock_timeout = '5s'",
)


def run_migrations(
    database: CommandDatabase, files: Sequence[MigrationFile]
) -> Iterator[tuple[MigrationFile, float]]:
    """Yields each file once it is applied, and how many seconds it took.

    Raises MigrationError before anything is applied when a file was changed, when one fails, and
    where somebody else has meanwhile applied another file with the same number.
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
                for statement in _WAIT_FOR_OTHERS:
                    database.execute(statement)
            others = history.applied().get(file.number)
            if others == file.sha256:
                return False
            if others is not None:
                raise migration_changed_meanwhile(file)
            for statement in file.statements:
                database.execute(statement)
            history.add(file)
            return True
    except DRIVER_ERRORS as error:
        raise migration_failed(file, driver_message(error)) from error
