"""An import that is run again stores nothing twice, and goes on where it broke off."""

import logging
import signal
from pathlib import Path

import pytest

from marlin_service._seaworthy.jobs import SqliteJobStore
from marlin_service.database.command_database import SqliteCommandDatabase
from marlin_service.import_orders import main

from captured_log import LogLines
from imported_files import HEADER, query, stored, write

pytestmark = pytest.mark.usefixtures("import_environment")


def test_the_same_content_again_says_what_became_of_it(
    tmp_path: Path, environ: dict[str, str], log_lines: LogLines
) -> None:
    path = write(tmp_path, HEADER + "A-1001,SKU-1,2\nA-1002,SKU-1,many\n")
    assert main([path]) == 1
    moved = Path(path).rename(tmp_path / "moved.csv")
    assert main([str(moved)]) == 1
    broken, finished, broken_again, already = log_lines()
    assert broken_again == broken
    assert already["message"] == "import was finished already"
    without = ("message", "durationMs")
    assert {name: value for name, value in already.items() if name not in without} == {
        name: value for name, value in finished.items() if name not in without
    }
    assert len(stored(environ)) == 1


def test_another_file_with_the_same_rows_stores_them_once(
    tmp_path: Path, environ: dict[str, str], log_lines: LogLines
) -> None:
    assert main([write(tmp_path, HEADER + "A-1001,SKU-1,2\n")]) == 0
    assert main([write(tmp_path, HEADER + "A-1001,SKU-1,2\nA-1002,SKU-1,2\n")]) == 0
    second = log_lines()[1]
    assert (second["imported"], second["alreadyThere"], second["refused"]) == (1, 1, 0)
    assert len(stored(environ)) == 2


def test_a_database_that_fails_midway_keeps_what_was_stored_and_goes_on_there(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    environ: dict[str, str],
    log_lines: LogLines,
) -> None:
    rows = "".join(f"A-{number:04},SKU-1,1\n" for number in range(1200))
    path = write(tmp_path, HEADER + "A-9999,SKU-1,none\n" + rows)
    query(
        environ,
        "CREATE TRIGGER t BEFORE INSERT ON orders WHEN new.order_number = 'A-0700'"
        " BEGIN SELECT RAISE(FAIL, 'x'); END",
    )
    assert main([path]) == 1
    assert capsys.readouterr().err.startswith(
        "ImportError: the import broke off. The batches before it are stored.\n"
        "   code      IMPORT_INTERRUPTED\n"
        "   got       x\n"
    )
    assert len(stored(environ)) == 499
    query(environ, "DROP TRIGGER t")
    # Rows that were stored are not looked at again: this one would be imported a second time.
    query(environ, "DELETE FROM orders WHERE order_number = 'A-0000'")
    assert main([path]) == 1
    assert len(stored(environ)) == 1199
    broken, finished = log_lines()
    assert (broken["line"], finished["message"]) == (2, "import finished")
    assert (finished["imported"], finished["alreadyThere"], finished["refused"]) == (1200, 0, 1)


def test_no_more_than_a_hundred_refused_lines_are_kept(tmp_path: Path, log_lines: LogLines) -> None:
    path = write(tmp_path, HEADER + "x\n" * 1001)
    assert main([path]) == 1
    assert len(log_lines()) == 1002
    assert main([path]) == 1
    again = log_lines()[1002:]
    assert [line.get("line") for line in again] == [*range(2, 102), None]
    assert again[-1]["refused"] == 1001


def test_a_file_without_rows_is_finished_too(tmp_path: Path, log_lines: LogLines) -> None:
    path = write(tmp_path, HEADER)
    assert [main([path]), main([path])] == [0, 0]
    assert [line["message"] for line in log_lines()] == [
        "import finished",
        "import was finished already",
    ]


def test_an_import_that_runs_elsewhere_is_left_alone(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    environ: dict[str, str],
    log_lines: LogLines,
) -> None:
    path = write(tmp_path, HEADER + "A-1001,SKU-1,2\n")
    assert main([path]) == 0
    query(
        environ,
        "UPDATE seaworthy_jobs SET state = 'running', holder = 'host/1/abcdef',"
        " lease_until = 32503680000000",
    )
    assert main([path]) == 75
    error = capsys.readouterr().err
    head = "ImportError: the same file is being imported elsewhere. Nothing was imported.\n"
    assert error.startswith(f"{head}   code      IMPORT_RUNNING\n")
    assert "got       held by host/1/abcdef until 3000-01-01T00:00:00.000Z" in error
    assert "   retry     yes: in " in error
    assert len(log_lines()) == 1


@pytest.mark.parametrize(("lines", "kept"), [(1001, 499), (300, 300)])
def test_a_signal_stops_it_after_the_batch_that_runs(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    environ: dict[str, str],
    lines: int,
    kept: int,
) -> None:
    rows = "".join(f"A-{number:04},SKU-1,1\n" for number in range(lines))
    path = write(tmp_path, HEADER + "x\n" + rows)
    before = signal.getsignal(signal.SIGTERM)

    class SignalAtTheFirstLine(logging.Handler):
        def emit(self, _: logging.LogRecord) -> None:
            signal.raise_signal(signal.SIGTERM)

    handler = SignalAtTheFirstLine()
    logging.getLogger("service").addHandler(handler)
    try:
        assert main([path]) == 1
    finally:
        logging.getLogger("service").removeHandler(handler)
    assert signal.getsignal(signal.SIGTERM) is before
    error = capsys.readouterr().err
    head = "ImportError: the import was stopped. The batches before it are stored.\n"
    assert error.startswith(f"{head}   code      IMPORT_STOPPED\n")
    assert "   retry     yes: " in error
    assert len(stored(environ)) == kept
    assert main([path]) == 1
    assert len(stored(environ)) == lines


def test_a_file_that_changes_meanwhile_is_not_finished(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    environ: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = Path(write(tmp_path, HEADER + "A-1001,SKU-1,2\n"))
    opened = SqliteCommandDatabase.job_store

    def changed(database: SqliteCommandDatabase) -> SqliteJobStore:
        with path.open("a") as file:
            file.write("A-1002,SKU-1,2\n")
        return opened(database)

    monkeypatch.setattr(SqliteCommandDatabase, "job_store", changed)
    assert main([str(path)]) == 1
    assert "   code      IMPORT_FILE_CHANGED\n" in capsys.readouterr().err
    assert query(environ, "SELECT state FROM seaworthy_jobs") == [("failed",)]
