"""Reads the file that a NAME_FILE variable names."""

import re
import stat
from pathlib import Path
from typing import Final

from .quote_text import quote_text

_LARGEST_BYTES: Final = 65_538
_LAST_LINE_BREAK: Final = re.compile(r"\r?\n\Z")
_LONGEST_PATH: Final = 300
_PATH: Final = re.compile(r"((?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+)/[A-Za-z0-9_-][A-Za-z0-9_.-]*")


class UnreadableFile(Exception):
    """Why a file holds no value, and whether it may a little later."""

    def __init__(self, why: str, *, retryable: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.retryable = retryable


def quote_path(path: str) -> str:
    """Returns a path as an error may print it.

    A secret that was put into NAME_FILE by mistake looks like no path, or lies in no folder.
    """
    parts = _PATH.fullmatch(path[:_LONGEST_PATH])
    if parts is not None and _is_there(Path(parts[1])):
        return quote_text(path)
    return "a path that is not shown: no such folder"


def read_value_file(path: str) -> str:
    """Returns the text of a file without the line break at its end.

    Secret stores write such files, some after the process has started: a file that is not there
    yet is worth another try, one of the wrong sort is not.
    Raises UnreadableFile.
    """
    try:
        found = Path(path).stat()
        # A pipe would block the start for ever.
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableFile("it is no regular file")
        if found.st_size > _LARGEST_BYTES:
            raise UnreadableFile("it is larger than 64KiB")
        contents = Path(path).read_bytes()
    except (OSError, ValueError):
        # A path with a NUL character is a ValueError.
        why = "it is not there, or this process may not read it"
        raise UnreadableFile(why, retryable=True) from None
    try:
        return _LAST_LINE_BREAK.sub("", contents.decode("utf-8"))
    except UnicodeDecodeError:
        raise UnreadableFile("it is no UTF-8 text") from None


def _is_there(folder: Path) -> bool:
    try:
        return folder.exists()
    except OSError:
        return False
