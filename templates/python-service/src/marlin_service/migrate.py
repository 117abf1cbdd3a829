"""Applies pending migrations: `python -m` this module, before the service starts. Safe again."""

import sys
from collections.abc import Sequence
from contextlib import closing
from typing import Final

from .database import DRIVER_ERRORS, driver_message, open_command_database
from .json_log import log_fields, start_log
from .migrations import MigrationHistory, read_migrations, run_migrations
from .run_command import fail, run_command
from .settings import Settings
from .start_error import EXIT_CODE_USAGE

# Another one that runs at the same moment is waited for.
_BUSY_SECONDS: Final = 60.0


def migrate(settings: Settings) -> None:
    """Brings the database of these settings to the newest file, and logs each step.

    Raises StartError when it cannot.
    """
    with closing(open_command_database(settings, migration_seconds=_BUSY_SECONDS)) as database:
        files = read_migrations(database.kind)
        count = 0
        for file, seconds in run_migrations(database, files):
            count += 1
            log_fields(
                "info",
                "migration applied",
                number=file.number,
                name=file.name,
                durationMs=round(seconds * 1000, 3),
            )
        if newer := MigrationHistory(database).unknown(files):
            log_newer_database(newer)
        log_fields("info", "migrations applied", applied=count, number=files[-1].number)


def log_newer_database(numbers: Sequence[int]) -> None:
    """Warns of files that only a newer release has: it was rolled back, which is safe."""
    log_fields("warn", "the database is newer than this release", numbers=list(numbers))


def main(arguments: Sequence[str]) -> int:
    """Runs the command; every failure is one message on standard error."""
    return run_command(lambda: _run(arguments))


def _run(arguments: Sequence[str]) -> int:
    if arguments:
        return fail("migrate: expected nothing", EXIT_CODE_USAGE)
    settings = Settings.load()
    start_log("info", settings.logging.redact_keys)
    try:
        migrate(settings)
    except DRIVER_ERRORS as error:
        return fail(f"migrate: {driver_message(error)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
