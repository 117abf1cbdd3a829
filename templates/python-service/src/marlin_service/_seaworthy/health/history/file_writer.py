"""Appends to the current file of a history, and ends it when it spans a quarter of what is kept."""

import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from .file_names import end_file
from .history_error import HistoryError, UnusableFile
from .inspect_file import inode_of, inspect_file, open_file, set_aside

# One is enough alone; other processes may end the file at the same moment.
_MOST_ATTEMPTS: Final = 10
# Room for forty busy processes. It is reached when a clock was set back, and the file would grow
# until that time comes.
_LARGEST_BYTES_A_MINUTE: Final = 64 * 1024


class FileWriter:
    """Writes each record in one call."""

    def __init__(
        self, file: Path, most_minutes: int, on_problem: Callable[[HistoryError], None]
    ) -> None:
        self._file, self._most_minutes, self._on_problem = file, most_minutes, on_problem
        self._minutes_in_file = math.ceil(most_minutes / 4)
        # The file that was found sound, and the minute it begins with.
        self._checked_inode: int | None = None
        self._first_minute = 0

    def append(self, minute: int, line: str) -> None:
        """Appends one line."""
        for _ in range(_MOST_ATTEMPTS):
            if self._write(minute, line):
                return
        raise UnusableFile("a file that other processes replace all the time")

    def _write(self, minute: int, line: str) -> bool:
        # False when the file had to make way for another one first.
        descriptor = self._open()
        try:
            inode = inode_of(descriptor)
            if self._checked_inode != inode and not self._check(inode, minute):
                return False
            size = os.fstat(descriptor).st_size
            spans = minute - self._first_minute
            most_bytes = self._minutes_in_file * _LARGEST_BYTES_A_MINUTE
            if spans >= self._minutes_in_file or size >= most_bytes:
                end_file(self._file, minute, self._most_minutes)
                return False
            # The line break comes first: whatever was cut off before it then stands on a line of
            # its own.
            data = f"\n{line}".encode()
            if os.write(descriptor, data) < len(data):
                raise UnusableFile("a full disk")
            return True
        finally:
            os.close(descriptor)

    def _open(self) -> int:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        try:
            return open_file(self._file, flags)
        except FileNotFoundError:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            return open_file(self._file, flags)

    def _check(self, inode: int, minute: int) -> bool:
        inspected = inspect_file(self._file)
        if inspected is None or inspected.inode != inode:
            return False
        if inspected.damage is not None:
            set_aside(self._file, self._file, inspected, self._on_problem)
            return False
        self._checked_inode = inode
        self._first_minute = inspected.records[0]["minute"] if inspected.records else minute
        return True
