"""A worker as a process of its own: imports lines through the ledger, and says each step.

Its one argument is JSON: the database, the number of lines, and where it should wait for a line on
standard input. It prints one JSON object a line.
"""

import datetime
import json
import random
import resource
import sqlite3
import sys
import time
from typing import Any

import psycopg

from marlin_service._seaworthy.jobs import (
    JobError,
    JobRun,
    PostgresJobStore,
    SqliteJobStore,
    job,
    migrate,
)

CREATE = "CREATE TABLE IF NOT EXISTS imported (line INTEGER NOT NULL, attempt INTEGER NOT NULL)"


def say(**fields: object) -> None:
    print(json.dumps(fields), flush=True)  # noqa: T201


def wait() -> None:
    say(waits=True)
    sys.stdin.readline()


def open_store(url: str) -> tuple[Any, str]:
    """Returns the store of a URL, and how its database marks a parameter."""
    if url.startswith("sqlite:"):
        path = url.removeprefix("sqlite:")
        connection = sqlite3.connect(path, timeout=60, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        return SqliteJobStore(connection), "?"
    return PostgresJobStore(lambda: psycopg.connect(url)), "%s"


def shift_clock(seconds: float) -> None:
    """Makes the clock of this process wrong."""
    real, real_ns = time.time, time.time_ns
    time.time = lambda: real() + seconds
    time.time_ns = lambda: real_ns() + round(seconds * 1e9)

    class Shifted(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> "Shifted":
            return cls.fromtimestamp(time.time(), tz)

    datetime.datetime = Shifted  # type: ignore[misc]


def work(given: dict[str, Any], placeholder: str, run: JobRun[Any]) -> object:
    """Imports what is left of the lines, and says each commit."""
    line = run.cursor or 0
    insert = f"INSERT INTO imported VALUES ({placeholder}, {placeholder})"  # noqa: S608
    while line < given["lines"]:
        batch = range(line, min(line + given["batch"], given["lines"]))

        def effect(connection: Any, batch: range = batch) -> int:
            for each in batch:
                connection.execute(insert, (each, run.attempt))
            if given.get("waits_in_effect") and batch.start:
                wait()
            return batch.stop

        if given.get("waits_before_commit") and line:
            wait()
        line = run.commit(effect, rows=len(batch))
        say(committed=line, attempt=run.attempt)
    return {"lines": line}


def main(given: dict[str, Any]) -> None:
    if "clock_is_off_by" in given:
        shift_clock(given["clock_is_off_by"])
    if "largest_file" in given:
        resource.setrlimit(resource.RLIMIT_FSIZE, (given["largest_file"],) * 2)
    store, placeholder = open_store(given["url"])
    if given.get("waits_at_start"):
        wait()
    migrate(store)
    while True:
        try:
            ended = job(
                lambda run: work(given, placeholder, run),
                name="import",
                key=given["key"],
                input={"lines": given["lines"]},
                store=store,
                lease_seconds=given.get("lease_seconds", 60),
            )
        except JobError as error:
            if error.code != "JOB_RUNNING" or not given.get("patient"):
                say(code=error.code, retryable=error.retryable)
                return
            time.sleep((error.retry_after_ms or 0) / 1000 + random.random() / 100)  # noqa: S311
        else:
            say(outcome=ended.outcome, result=ended.result, rows=ended.rows)
            return


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
