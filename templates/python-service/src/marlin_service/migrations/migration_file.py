"""Reads the files of `migrations/`."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..database.database_kind import DatabaseKind

FOLDER: Final = Path(__file__).parents[3] / "migrations"
_NAME: Final = re.compile(r"([0-9]{4})-([a-z0-9-]+)\.sql")
_COMMENT: Final = re.compile(r"^--.*$", re.MULTILINE)
# Files are written so that no other ; stands at the end of a line.
_END_OF_STATEMENT: Final = re.compile(r";[ \t\r]*$", re.MULTILINE)


@dataclass(frozen=True)
class MigrationFile:
    """One step of the schema; it never changes once it was applied anywhere."""

    number: int
    name: str
    sha256: str
    statements: tuple[str, ...]

    @property
    def file(self) -> str:
        """The name of the file."""
        return f"{self.number:04}-{self.name}.sql"


def read_migrations(kind: DatabaseKind, folder: Path = FOLDER) -> list[MigrationFile]:
    """Returns the files for a database in the order of their numbers."""
    return [_read(path) for path in sorted((folder / kind).glob("*.sql"))]


def _read(path: Path) -> MigrationFile:
    named = _NAME.fullmatch(path.name)
    if named is None:
        raise ValueError(f"{path}: expected a name such as 0005-what-it-adds.sql")
    content = path.read_bytes()
    parts = _END_OF_STATEMENT.split(_COMMENT.sub("", content.decode()))
    statements = tuple(part.strip() for part in parts if part.strip())
    digest = hashlib.sha256(content).hexdigest()
    return MigrationFile(int(named[1]), named[2], digest, statements)
