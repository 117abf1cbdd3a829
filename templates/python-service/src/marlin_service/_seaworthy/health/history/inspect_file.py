"""Reads a file of a history, and sets it aside when it holds anything else."""

import os
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..recording.minute_record import MinuteRecord
from .file_names import aside_name, full_name, unfinished_name
from .history_error import HistoryError, UnusableFile, file_set_aside
from .minute_record_codec import print_record, read_line

# Far above a day of sixty processes: not read, for it is something else.
_LARGEST_BYTES: Final = 256 * 1024 * 1024
# A named pipe would wait for another program; it is refused by what is done next.
_WITHOUT_WAITING: Final = getattr(os, "O_NONBLOCK", 0)


@dataclass(frozen=True)
class InspectedFile:
    """What a file held, which one it was whatever its name is by now, and why it may not stay."""

    inode: int
    records: list[MinuteRecord]
    damage: str | None


def open_file(path: Path, flags: int) -> int:
    """Opens a file and returns its descriptor."""
    return os.open(path, flags | _WITHOUT_WAITING, 0o666)


def inode_of(descriptor: int) -> int:
    """Returns which file is open.

    A device or a folder is never renamed: /dev/full is no damaged history.
    """
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise UnusableFile("no regular file")
    return status.st_ino


def inspect_file(path: Path) -> InspectedFile | None:
    """Reads a file; None when there is none."""
    try:
        descriptor = open_file(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        inode = inode_of(descriptor)
        size = os.fstat(descriptor).st_size
        if size > _LARGEST_BYTES:
            return InspectedFile(inode, [], f"{size} bytes, more than any history")
        with open(descriptor, "rb", closefd=False) as file:
            return _read_lines(inode, file.read().decode("utf-8", "replace"))
    finally:
        os.close(descriptor)


def set_aside(
    file: Path, path: Path, inspected: InspectedFile, on_problem: Callable[[HistoryError], None]
) -> None:
    """Gives a damaged file another name, and keeps what it held of the history.

    It never deletes anything else.
    """
    aside, sound = aside_name(file), unfinished_name(file)
    lines = "".join(f"{print_record(record)}\n" for record in inspected.records)
    with sound.open("x", encoding="utf-8", newline="") as unfinished:
        unfinished.write(lines)
    if not _move_away(file, path, aside, inspected.inode):
        sound.unlink()
        return
    until = max((record["minute"] for record in inspected.records), default=0)
    sound.rename(full_name(file, until))
    on_problem(file_set_aside(str(path), str(aside), str(inspected.damage), len(inspected.records)))


def _read_lines(inode: int, text: str) -> InspectedFile:
    records: list[MinuteRecord] = []
    damage = None
    for number, line in enumerate(text.split("\n"), 1):
        if line == "":
            continue
        read = read_line(line)
        if read == "foreign":
            damage = damage or f"line {number} is no minute record"
        elif read != "cut off":
            records.append(read)
    return InspectedFile(inode, records, damage)


def _move_away(file: Path, path: Path, aside: Path, inode: int) -> bool:
    # False when another process has set the file aside before.
    try:
        path.rename(aside)
    except FileNotFoundError:
        return False
    if aside.stat().st_ino == inode:
        return True
    # That one was the successor, and sound: it goes on as a full file.
    aside.rename(full_name(file, int(time.time() // 60)))
    return False
