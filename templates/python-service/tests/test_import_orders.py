"""The import keeps what is good, and names what is not."""

import os
from pathlib import Path

import pytest

from marlin_service.import_file import ImportLine, open_import_file
from marlin_service.import_orders import main

from captured_log import LogLines
from imported_files import HEADER, query, stored, write

pytestmark = pytest.mark.usefixtures("import_environment")


def read(path: str) -> list[ImportLine]:
    with open_import_file(path, lambda: None) as file:
        return list(file.lines())


def test_a_file_is_imported_once(
    tmp_path: Path, environ: dict[str, str], log_lines: LogLines
) -> None:
    path = write(tmp_path, HEADER + "A-1001,SKU-1,2\nA-1002,SKU-2,10000\n")
    assert main([path]) == 0
    assert stored(environ) == [("A-1001", "SKU-1", 2), ("A-1002", "SKU-2", 10000)]
    [first] = log_lines()
    assert list(first) == [
        "level",
        "message",
        "imported",
        "alreadyThere",
        "refused",
        "durationMs",
    ]
    assert (first["level"], first["message"]) == ("INFO", "import finished")
    assert (first["imported"], first["alreadyThere"], first["refused"]) == (2, 0, 0)


def test_a_broken_line_is_named_and_the_others_are_kept(
    tmp_path: Path, environ: dict[str, str], log_lines: LogLines
) -> None:
    rows = "A-1001,SKU-1,2\nA-1002,SKU-1,hunter2\nA-1001,SKU-1,3\nA-1003,SKU-3,1\n"
    assert main([write(tmp_path, HEADER + rows)]) == 1
    broken, conflict, finished = log_lines()
    assert broken == {
        "level": "WARNING",
        "message": "import line refused",
        "line": 3,
        "reason": "quantity: expected a whole number from 1 to 10000",
    }
    assert (conflict["line"], conflict["reason"]) == (4, "already stored with other content")
    assert (finished["level"], finished["imported"], finished["refused"]) == ("WARNING", 2, 2)
    assert "hunter2" not in str(log_lines())
    assert [row[0] for row in stored(environ)] == ["A-1001", "A-1003"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"A-1001,SKU-1", "expected three fields"),
        (b"A-1001,SKU-1,2,", "expected three fields"),
        (b'"A-1001,SKU-1,2', "expected comma-separated values"),
        (b"A-1001,\xff,2", "expected UTF-8"),
        (b"A-1001,SKU-1,2.0", "quantity: expected a whole number from 1 to 10000"),
        (b"A-1001,SKU-1, 2", "quantity: expected a whole number from 1 to 10000"),
        (b"A-1001,SKU-1,000002", "quantity: expected a whole number from 1 to 10000"),
        (b"A-1001,SKU-1,\xd9\xa5", "quantity: expected a whole number from 1 to 10000"),
        (b"A-1001,SKU-1,0", "quantity: expected a whole number from 1 to 10000"),
        (
            b"a,SKU-1,0",
            "orderNumber: expected 3 to 40 characters A-Z, 0-9 or -, not beginning with -; "
            "quantity: expected a whole number from 1 to 10000",
        ),
        (b"A" * 70_000, "expected less than 65536 bytes"),
    ],
)
def test_each_kind_of_broken_line_has_its_reason(tmp_path: Path, line: bytes, reason: str) -> None:
    path = write(tmp_path, HEADER.encode() + line + b"\nA-1002,SKU-2,1\n")
    broken, good = read(path)
    assert (broken.number, broken.order, broken.reason) == (2, None, reason)
    assert (good.number, good.reason) == (3, "")


def test_what_spreadsheets_write_is_read(tmp_path: Path) -> None:
    rows = b'\xef\xbb\xbforderNumber,sku,quantity\r\n"A-1001","SKU-1","2"\r\n\r\nA-1002,S,00003'
    first, second = read(write(tmp_path, rows))
    assert first.order is not None
    assert (first.number, first.order.quantity) == (2, 2)
    assert second.order is not None
    assert (second.number, second.order.quantity) == (4, 3)


def test_a_file_longer_than_a_batch_is_imported_whole(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    rows = "".join(f"A-{number:04},SKU-1,1\n" for number in range(1001))
    assert main([write(tmp_path, HEADER + rows)]) == 0
    assert len(stored(environ)) == 1001


@pytest.mark.parametrize(
    ("rows", "head", "code"),
    [
        (None, "the file cannot be read", "IMPORT_FILE_UNREADABLE"),
        ("", "the first line is not the header", "IMPORT_HEADER_WRONG"),
        ("A-1001,SKU-1,2\n", "the first line is not the header", "IMPORT_HEADER_WRONG"),
        ("sku,orderNumber,quantity\n", "the first line is not the header", "IMPORT_HEADER_WRONG"),
    ],
)
def test_a_file_that_is_none_imports_nothing(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    environ: dict[str, str],
    rows: str | None,
    head: str,
    code: str,
) -> None:
    path = str(tmp_path / "missing.csv") if rows is None else write(tmp_path, rows)
    assert main([path]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith(
        f"ImportError: {head}. Nothing was imported.\n   code      {code}\n"
    )
    assert query(environ, "SELECT key FROM seaworthy_jobs") == []


@pytest.mark.parametrize("arguments", [[], [""], ["a", "b"]])
def test_without_one_file_it_is_a_mistake_of_usage(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(arguments) == 64
    head = "ImportError: no file was named. Nothing was imported.\n"
    assert capsys.readouterr().err.startswith(f"{head}   code      IMPORT_FILE_MISSING_ARGUMENT\n")


def test_without_a_stage_it_is_a_settings_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEPLOY_ENVIRONMENT")
    assert main([write(tmp_path, HEADER)]) == 78
    assert "1. DEPLOY_ENVIRONMENT" in capsys.readouterr().err


def test_a_pipe_cannot_be_read_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with os.fdopen(os.open(path, os.O_RDWR), "wb") as writer:
        writer.write(HEADER.encode())
        writer.flush()
        assert main([str(path)]) == 1
    assert "   code      IMPORT_FILE_UNREADABLE\n" in capsys.readouterr().err
