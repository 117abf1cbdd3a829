"""Reads the files of `migrations/`."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..database.database_kind import DatabaseKind
from ..start_error import StartError

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
    """Returns the files for a database in the order of their numbers.

    What is no visible `.sql` file is passed over. Raises StartError for no file at all, for another
    name, and for a number twice.
    """
    paths = sorted(path for path in (folder / kind).glob("*.sql") if path.name[0] != ".")
    problems = [] if paths else [f"no file in migrations/{kind}"]
    files: list[MigrationFile] = []
    for path in paths:
        file = _read(path)
        if file is None:
            problems.append(f"{path.name}, which is no such name")
        elif files and files[-1].number == file.number:
            problems.append(f"{files[-1].file} and {file.file} with one number")
        else:
            files.append(file)
    if problems:
        raise _files_invalid(problems)
    return files


def _files_invalid(problems: Sequence[str]) -> StartError:
    return StartError(
        "the files of migrations/ cannot be used",
        code="START_MIGRATION_FILES_INVALID",
        got="; ".join(problems),
        expected="files such as 0005-more-columns.sql, each number once",
        fix="deploy the whole folder; a new file gets the next number",
        retry="no: the same files fail again",
    )


def _read(path: Path) -> MigrationFile | None:
    named = _NAME.fullmatch(path.name)
    if named is None:
        return None
    content = path.read_bytes()
    parts = _END_OF_STATEMENT.split(_COMMENT.sub("", content.decode()))
    statements = tuple(part.strip() for part in parts if part.strip())
    digest = hashlib.sha256(content).hexdigest()
    return MigrationFile(int(named[1]), named[2], digest, statements)
