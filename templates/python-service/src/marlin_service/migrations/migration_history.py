"""What a database remembers of the files that were applied to it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from ..database import CommandDatabase
from ..database.database_kind import DatabaseKind
from .migration_file import MigrationFile

_IS_THERE: Final[dict[DatabaseKind, str]] = {
    "sqlite": "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'",
    "postgres": "SELECT to_regclass('schema_migrations')",
}
_CREATE: Final = (
    "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL,"
    " sha256 TEXT NOT NULL, applied_at TEXT NOT NULL)"
)
_INSERT: Final = (
    "INSERT INTO schema_migrations (number, name, sha256, applied_at)"
    " VALUES (:number, :name, :sha, :moment)"
)


class MigrationHistory:
    """The table schema_migrations; it is made with the first file."""

    def __init__(self, database: CommandDatabase) -> None:
        self._database = database

    def applied(self) -> dict[int, str]:
        """Returns the hash of each applied file by its number."""
        if not self._is_there():
            return {}
        rows = self._database.execute("SELECT number, sha256 FROM schema_migrations")
        return {row[0]: row[1] for row in rows}

    def pending(self, files: Iterable[MigrationFile]) -> list[MigrationFile]:
        """Returns the files that are not applied."""
        applied = self.applied()
        return [each for each in files if each.number not in applied]

    def unknown(self, files: Iterable[MigrationFile]) -> list[int]:
        """Returns what was applied by a newer release."""
        return sorted(self.applied().keys() - {each.number for each in files})

    def add(self, file: MigrationFile) -> None:
        """Remembers a file, in the transaction that applies it."""
        if not self._is_there():
            self._database.execute(_CREATE)
        moment = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self._database.execute(
            _INSERT,
            {"number": file.number, "name": file.name, "sha": file.sha256, "moment": moment},
        )

    def _is_there(self) -> bool:
        rows = self._database.execute(_IS_THERE[self._database.kind])
        return bool(rows) and rows[0][0] is not None
