"""Reads a CSV file of orders line by line, however large it is."""

import csv
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from pydantic import ValidationError

from .order import EXPECTED, OrderInput
from .service import SERVICE_OWNER
from .start_error import StartError

_HEADER: Final = b"orderNumber,sku,quantity"
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_LONGEST_LINE_BYTES: Final = 64 * 1024


class ImportRefused(StartError):
    """An import that cannot begin."""

    title = "ImportError"
    consequence = "Nothing was imported."


@dataclass(frozen=True)
class ImportLine:
    """One line of the file: an order, or the reason it is none."""

    number: int
    order: OrderInput | None
    reason: str = ""


def read_import_file(path: str) -> Iterator[ImportLine]:
    """Yields each line after the header; blank lines are passed over.

    Raises ImportRefused when the file cannot be read or begins with another header.
    """
    with ExitStack() as stack:
        try:
            file = stack.enter_context(Path(path).open("rb"))
            header = file.readline(_LONGEST_LINE_BYTES)
        except OSError as error:
            raise _unreadable(path) from error
        if header.removeprefix(_BYTE_ORDER_MARK).rstrip(b"\r\n") != _HEADER:
            raise _wrong_header()
        yield from _read_lines(file)


def _read_lines(file: BinaryIO) -> Iterator[ImportLine]:
    number = 1
    while line := file.readline(_LONGEST_LINE_BYTES):
        number += 1
        if len(line) == _LONGEST_LINE_BYTES and not line.endswith(b"\n"):
            while (rest := file.readline(_LONGEST_LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield ImportLine(number, None, f"expected less than {_LONGEST_LINE_BYTES} bytes")
        elif line.strip(b"\r\n"):
            yield _read_line(number, line)


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
        return ImportLine(number, OrderInput.model_validate(row))
    except ValidationError as error:
        at_fault = {place for each in error.errors() for place in each["loc"]}
        reasons = [f"{name}: {text}" for name, text in EXPECTED.items() if name in at_fault]
        return ImportLine(number, None, "; ".join(reasons))


def _unreadable(path: str) -> ImportRefused:
    return ImportRefused(
        "the file cannot be read",
        code="IMPORT_FILE_UNREADABLE",
        got=path,
        expected="a readable CSV file in UTF-8",
        fix="check the path and who may read it",
        retry="yes: once the file can be read; rows already stored are not stored twice",
        owner=SERVICE_OWNER,
    )


def _wrong_header() -> ImportRefused:
    return ImportRefused(
        "the first line is not the header",
        code="IMPORT_HEADER_WRONG",
        got="another first line",
        expected=_HEADER.decode(),
        fix="make this the first line of the file",
        retry="no: the same file fails again",
        owner=SERVICE_OWNER,
    )
