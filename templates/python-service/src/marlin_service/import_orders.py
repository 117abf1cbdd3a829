"""Imports orders from a CSV file: `python -m` this module, then the file. Safe to run again."""

import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any, Final

from ._seaworthy.jobs import JobError, JobResult, JobRun, JobStopped, job
from .database import DRIVER_ERRORS, CommandDatabase, driver_message
from .import_errors import (
    import_interrupted,
    import_running,
    import_stopped,
    missing_argument,
)
from .import_file import ImportFile, ImportLine, open_import_file
from .json_log import log_fields, start_log
from .migrations import open_migrated
from .run_command import run_command
from .settings import Settings
from .start_error import StartError
from .stop_signals import stop_on_signals
from .store_orders import store_orders

_JOB_NAME: Final = "import-orders"
_BATCH_ROWS: Final = 500
_KEPT_REFUSALS: Final = 100
# A batch takes milliseconds, and up to the wait for another writer; an import that was killed can
# go on when this is over.
_LEASE_SECONDS: Final = 15.0

# How far an import is, as the ledger keeps it: JSON.
Progress = dict[str, Any]


def import_lines(
    run: JobRun[Any], database: CommandDatabase, file: ImportFile, stop: threading.Event
) -> Progress:
    """Stores the orders of a file in batches, each with the progress that it makes."""
    progress: Progress = run.cursor or {
        "line": 1,
        "imported": 0,
        "alreadyThere": 0,
        "refused": 0,
        "refusedLines": [],
    }
    for batch in _batches(file.lines(after=progress["line"])):
        if stop.is_set():
            raise import_stopped()
        refused: list[dict[str, Any]] = []
        store = partial(
            _store_batch, database=database, batch=batch, before=progress, refused=refused
        )
        progress = run.commit(store, rows=len(batch))
        _log_refused(refused)
    return progress


def _store_batch(
    _: object,
    database: CommandDatabase,
    batch: Sequence[ImportLine],
    before: Progress,
    refused: list[dict[str, Any]],
) -> Progress:
    outcomes = store_orders(database, [line.order for line in batch if line.order is not None])
    outcome = iter(outcomes)
    for line in batch:
        if line.order is None:
            refused.append({"line": line.number, "reason": line.reason})
        elif next(outcome) == "conflict":
            refused.append({"line": line.number, "reason": "already stored with other content"})
    return {
        "line": batch[-1].number,
        "imported": before["imported"] + outcomes.count("created"),
        "alreadyThere": before["alreadyThere"] + outcomes.count("already there"),
        "refused": before["refused"] + len(refused),
        "refusedLines": [*before["refusedLines"], *refused][:_KEPT_REFUSALS],
    }


def _log_refused(refused: Iterable[dict[str, Any]]) -> None:
    for each in refused:
        log_fields("warn", "import line refused", **each)


def _batches(lines: Iterable[ImportLine]) -> Iterator[list[ImportLine]]:
    remaining = iter(lines)
    while batch := list(islice(remaining, _BATCH_ROWS)):
        yield batch


def run_import(path: str, stop: threading.Event) -> int:
    """Imports one file into the database of this environment and returns the exit code."""
    started = time.perf_counter()
    settings = Settings.load()
    start_log("info", settings.logging.redact_keys)

    def check_stop() -> None:
        if stop.is_set():
            raise import_stopped()

    with open_import_file(path, check_stop) as file, open_migrated(settings) as database:
        done = job(
            lambda run: import_lines(run, database, file, stop),
            name=_JOB_NAME,
            key=file.sha256,
            input={"sha256": file.sha256},
            store=database.job_store(),
            lease_seconds=_LEASE_SECONDS,
            stop=stop,
        )
    return _log_end(done, time.perf_counter() - started)


def _log_end(done: JobResult, seconds: float) -> int:
    counts = done.result
    if done.outcome == "skipped":
        _log_refused(counts["refusedLines"])
    log_fields(
        "warn" if counts["refused"] else "info",
        "import finished" if done.outcome == "succeeded" else "import was finished already",
        imported=counts["imported"],
        alreadyThere=counts["alreadyThere"],
        refused=counts["refused"],
        durationMs=round(seconds * 1000, 3),
    )
    return 1 if counts["refused"] else 0


def main(arguments: Sequence[str]) -> int:
    """Runs the command; every failure is one message on standard error."""
    return run_command(lambda: _run(arguments))


def _run(arguments: Sequence[str]) -> int:
    if len(arguments) != 1 or not arguments[0]:
        raise missing_argument()
    try:
        with stop_on_signals() as stop:
            return run_import(arguments[0], stop)
    except JobStopped as error:
        # It came in the last batch.
        raise import_stopped() from error
    except JobError as error:
        raise _explained(error) from error
    except DRIVER_ERRORS as error:
        raise import_interrupted(driver_message(error)) from error
    except OSError as error:
        raise import_interrupted(str(error)) from error


def _explained(error: JobError) -> StartError:
    if error.code == "JOB_RUNNING":
        return import_running(error)
    # A job never says what its database said, which may name an address.
    cause = error.__cause__
    return import_interrupted(driver_message(cause) if cause else error.problems[0].got)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
