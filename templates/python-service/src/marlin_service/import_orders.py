"""Imports orders from a CSV file: `python -m` this module, then the file. Safe to run again."""

import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from ._seaworthy.settings_error import EXIT_CODE_SETTINGS, SettingsError
from .database import Database, DatabaseUnavailable
from .import_file import ImportLine, ImportRefused, read_import_file
from .json_log import log_fields, start_log
from .order_store import INSERT, SELECT_ONE, insert_parameters, to_order
from .service import SERVICE_OWNER
from .settings import Settings
from .start_error import StartError, render_failure

_BATCH_ROWS: Final = 500
_EXIT_CODE_USAGE: Final = 64


@dataclass
class ImportCounts:
    """What became of the lines of a file."""

    imported: int = 0
    already_there: int = 0
    refused: int = 0


def import_lines(database: Database, lines: Iterable[ImportLine]) -> ImportCounts:
    """Stores the orders of a file in batches; what is broken is logged and passed over."""
    counts = ImportCounts()
    for batch in _batches(lines):
        with database.transaction():
            for line in batch:
                _import_line(database, line, counts)
    return counts


def _import_line(database: Database, line: ImportLine, counts: ImportCounts) -> None:
    reason = line.reason
    if line.order is not None:
        if database.execute_now(INSERT, insert_parameters(line.order)):
            counts.imported += 1
            return
        stored = to_order(database.execute_now(SELECT_ONE, (line.order.order_number,))[0])
        if stored.same_content(line.order):
            counts.already_there += 1
            return
        reason = "already stored with other content"
    counts.refused += 1
    log_fields("warn", "import line refused", line=line.number, reason=reason)


def _batches(lines: Iterable[ImportLine]) -> Iterator[list[ImportLine]]:
    remaining = iter(lines)
    while batch := list(islice(remaining, _BATCH_ROWS)):
        yield batch


def run_import(path: str) -> int:
    """Imports one file into the database of this environment and returns the exit code."""
    started = time.perf_counter()
    settings = Settings.load()
    start_log("info", settings.logging.redact_keys)
    lines = iter(read_import_file(path))
    first = list(islice(lines, 1))
    database = Database(settings.service.database_url)
    try:
        counts = import_lines(database, chain(first, lines))
    finally:
        database.close()
    log_fields(
        "warn" if counts.refused else "info",
        "import finished",
        imported=counts.imported,
        alreadyThere=counts.already_there,
        refused=counts.refused,
        durationMs=round((time.perf_counter() - started) * 1000, 3),
    )
    return 1 if counts.refused else 0


def main(arguments: Sequence[str]) -> int:
    """Runs the command; every failure is one message on standard error."""
    try:
        if len(arguments) != 1 or not arguments[0]:
            raise _missing_argument()
        return run_import(arguments[0])
    except SettingsError as error:
        return _fail(str(error), EXIT_CODE_SETTINGS)
    except StartError as error:
        return _fail(str(error), error.exit_code)
    except (DatabaseUnavailable, sqlite3.Error, OSError) as error:
        return _fail(_interrupted(error), 1)


def _fail(message: str, exit_code: int) -> int:
    sys.stderr.write(f"{message}\n")
    return exit_code


def _missing_argument() -> ImportRefused:
    refused = ImportRefused(
        "no file was named",
        code="IMPORT_FILE_MISSING_ARGUMENT",
        got="nothing",
        expected="the path of a CSV file",
        fix="make import FILE=orders.csv",
        retry="no: name a file first",
        owner=SERVICE_OWNER,
    )
    refused.exit_code = _EXIT_CODE_USAGE
    return refused


def _interrupted(error: Exception) -> str:
    lines = {
        "code": "IMPORT_INTERRUPTED",
        "got": str(error),
        "expected": "a file that can be read and a database that can be written to the end",
        "fix": "free the disk or stop what holds the database, then import the same file",
        "retry": "yes: rows that are stored already are left as they are",
        "owner": SERVICE_OWNER,
    }
    head = "ImportError: the import broke off. The batches before it are stored."
    return render_failure(head, lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
