"""Reads a CSV file of orders line by line, however large it is."""

import csv
import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from pydantic import ValidationError

from .import_errors import file_changed, file_unreadable, header_wrong
from .order import EXPECTED, NewOrder

HEADER: Final = b"orderNumber,sku,quantity"
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_LONGEST_LINE_BYTES: Final = 64 * 1024
_HASHED_AT_ONCE_BYTES: Final = 1024 * 1024


@dataclass(frozen=True)
class ImportLine:
    """One line of the file: an order, or the reason it is none."""

    number: int
    order: NewOrder | None
    reason: str = ""


class ImportFile:
    """A file that is read twice: once to know it again by its content, once for its lines."""

    def __init__(self, file: BinaryIO, sha256: str) -> None:
        self._file, self.sha256 = file, sha256

    def lines(self, after: int = 1) -> Iterator[ImportLine]:
        """Yields each line after that number; blank lines are passed over.

        Raises ImportFailed at the end when the content is not what it was the first time.
        """
        self._file.seek(0)
        digest = hashlib.sha256()
        number = 0
        while line := self._read(digest.update):
            number += 1
            too_long = False
            while len(line) == _LONGEST_LINE_BYTES and not line.endswith(b"\n"):
                too_long = True
                line = self._read(digest.update)
            if number <= after:
                continue
            if too_long:
                yield ImportLine(number, None, f"expected less than {_LONGEST_LINE_BYTES} bytes")
            elif line.strip(b"\r\n"):
                yield _read_line(number, line)
        if digest.hexdigest() != self.sha256:
            raise file_changed()

    def _read(self, seen: Callable[[bytes], None]) -> bytes:
        line = self._file.readline(_LONGEST_LINE_BYTES)
        seen(line)
        return line


@contextmanager
def open_import_file(path: str, before_each_read: Callable[[], None]) -> Iterator[ImportFile]:
    """Opens a file and reads it once, for its hash; the function may raise to break that off.

    Raises ImportFailed when the file cannot be read or begins with another header.
    """
    try:
        file = Path(path).open("rb")  # noqa: SIM115
    except OSError as error:
        raise file_unreadable(path) from error
    with file:
        try:
            header = file.readline(_LONGEST_LINE_BYTES)
            file.seek(0)
            if header.removeprefix(_BYTE_ORDER_MARK).rstrip(b"\r\n") != HEADER:
                raise header_wrong(HEADER.decode())
            digest = hashlib.sha256()
            while chunk := file.read(_HASHED_AT_ONCE_BYTES):
                before_each_read()
                digest.update(chunk)
        except OSError as error:
            raise file_unreadable(path) from error
        yield ImportFile(file, digest.hexdigest())


def _read_line(number: int, line: bytes) -> ImportLine:
    try:
        [fields] = csv.reader([line.decode().rstrip("\r\n")], strict=True)
    except UnicodeDecodeError:
        return ImportLine(number, None, "expected UTF-8")
    except (csv.Error, ValueError):
        return ImportLine(number, None, "expected comma-separated values")
    if len(fields) != len(EXPECTED):
        return ImportLine(number, None, "expected three fields")
    row: dict[str, object] = dict(zip(EXPECTED, fields, strict=True))
    if re.fullmatch(r"[0-9]{1,5}", fields[2]):
        row["quantity"] = int(fields[2])
    try:
        return ImportLine(number, NewOrder.model_validate(row))
    except ValidationError as error:
        at_fault = {place for each in error.errors() for place in each["loc"]}
        reasons = [f"{name}: {text}" for name, text in EXPECTED.items() if name in at_fault]
        return ImportLine(number, None, "; ".join(reasons))
