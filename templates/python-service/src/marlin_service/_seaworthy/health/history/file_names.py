"""The names of the files of one history."""

import re
import secrets
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple


class FullFile(NamedTuple):
    """A file that nothing more is appended to, and the minute it ended at."""

    until_minute: int
    path: Path


def full_name(file: Path, minute: int) -> Path:
    """Returns the name of a full file: at which minute nothing more was appended."""
    return _beside(file, str(minute))


def aside_name(file: Path) -> Path:
    """Returns the name of a file that held something else."""
    return _beside(file, f"set-aside-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")


def unfinished_name(file: Path) -> Path:
    """Returns the name of a file that is still being written."""
    return _beside(file, "unfinished")


def list_full(file: Path) -> list[FullFile]:
    """Returns the full files of one history, oldest first."""
    pattern = re.compile(re.escape(file.name) + r"\.([0-9]{1,12})-[0-9a-f]{12}")
    found = []
    with suppress(FileNotFoundError):
        for path in file.parent.iterdir():
            if match := pattern.fullmatch(path.name):
                found.append(FullFile(int(match[1]), path))
    return sorted(found)


def end_file(file: Path, minute: int, kept_minutes: int) -> None:
    """Ends a file by giving it another name, and deletes those that are too old.

    Whoever is about to append to it still does, and nothing is copied.
    """
    # Another process may have been faster, here and below.
    with suppress(FileNotFoundError):
        file.rename(full_name(file, minute))
    for full in list_full(file):
        if full.until_minute < minute - kept_minutes:
            full.path.unlink(missing_ok=True)


def _beside(file: Path, what: str) -> Path:
    # Never taken: no process can rename over the file of another.
    return file.with_name(f"{file.name}.{what}-{secrets.token_hex(6)}")
