"""What can go wrong with migrations, said in the layout of every command."""

from collections.abc import Sequence

from ..start_error import StartError
from .migration_file import MigrationFile


class MigrationError(StartError):
    """Migrations that were not applied."""

    title = "MigrationError"
    consequence = "Nothing was applied."


class MigrationBrokenOff(MigrationError):
    """A file that failed; each file is a transaction."""

    consequence = "Those before it are applied."


def migration_changed(files: Sequence[MigrationFile]) -> MigrationError:
    """Somebody edited a file that other databases have in its former form."""
    return _changed(MigrationError, files)


def migration_changed_meanwhile(file: MigrationFile) -> MigrationError:
    """Two releases that add different files with one number are deployed at once."""
    return _changed(MigrationBrokenOff, [file])


def _changed(kind: type[MigrationError], files: Sequence[MigrationFile]) -> MigrationError:
    named = ", ".join(each.file for each in files)
    return kind(
        "an applied migration was changed",
        code="MIGRATION_CHANGED",
        got=f"{named} with other content than was applied",
        expected="files that stay as they were when they were applied",
        fix="restore the file, and put the change into a new one with the next number",
        retry="no: the same files fail again",
    )


def migration_failed(file: MigrationFile, said: str) -> MigrationError:
    """The database refused a statement."""
    return MigrationBrokenOff(
        "a migration failed and was rolled back",
        code="MIGRATION_FAILED",
        got=f"{file.file}: {said}",
        expected="a database on which every statement of the file succeeds",
        fix="mend what the database says, then run make migrate again",
        retry="yes: nothing of the file was applied",
    )


def migration_pending(files: Sequence[MigrationFile]) -> StartError:
    """The code needs tables that are not there yet."""
    numbers = ", ".join(f"{each.number:04}" for each in files)
    return StartError(
        "migrations are pending",
        code="START_MIGRATION_PENDING",
        got=f"{numbers} not applied",
        expected="a database to which every file of migrations/ was applied",
        fix="make migrate",
        retry="yes: once they are applied",
    )
