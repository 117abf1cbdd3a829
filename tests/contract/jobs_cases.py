"""Runs shared cases of the jobs through the ledger in Python: a JSON document in, JSON out.

{"inputs": [JSON text]} gives for each {"canonical", "hash"} or {"at"}; the text is parsed here, so
that 1.0 is what Python takes it for. {"schedules": [{"schedule", "at"}]} gives for each {"key"} or
{"at": [names]}. {"jobs": [{"file", "name", "key", "input", "result"}]} runs each in a ledger in
SQLite, and gives {"outcome", "result", "attempt"} or {"code", "retryable", "message"}.
{"texts": true} gives the codes of all errors with their texts.
"""

import json
import re
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from typing import Any, Final

from marlin_service._seaworthy.jobs import (
    JOB_ERROR_CODES,
    JobError,
    JobRun,
    MemoryJobStore,
    SqliteJobStore,
    job,
    migrate,
    schedule_key,
)
from marlin_service._seaworthy.jobs.canonical_json import (
    NotJson,
    canonical_json,
    input_hash,
)

ARGUMENTS: Final = {"startsAt": "starts_at", "timeZone": "time_zone"}
NAMES: Final = {python: name for name, python in ARGUMENTS.items()}


def run_input(text: str) -> dict[str, object]:
    """Hashes an input; what has no hash is refused by a job too, which names the place."""
    value = json.loads(text)
    try:
        canonical = canonical_json(value, "input")
    except NotJson:
        try:
            job(lambda _: None, name="a", key="a", input=value, store=MemoryJobStore())
        except JobError as error:
            return {"at": ", ".join(problem.name for problem in error.problems)}
        raise
    return {"canonical": canonical, "hash": input_hash(canonical)}


def run_schedule(schedule: Mapping[str, Any], at: str | None) -> dict[str, object]:
    """Makes the key of a moment; names are those of TypeScript."""
    given = {ARGUMENTS.get(name, name): value for name, value in schedule.items()}
    moment = datetime.fromisoformat(at or "2026-11-23T00:00:00Z")
    try:
        return {"key": schedule_key(**given, at=moment)}
    except JobError as error:
        return {"at": [NAMES.get(problem.name, problem.name) for problem in error.problems]}


def run_job(file: str, name: str, key: str, given: object, result: object) -> dict[str, object]:
    """Runs a job in a ledger that another language may have begun."""
    with closing(sqlite3.connect(file, timeout=60, isolation_level=None)) as connection:
        store = SqliteJobStore(connection)
        migrate(store)

        def run(run: JobRun[sqlite3.Connection]) -> object:
            run.commit(lambda _: result, rows=1)
            return result

        try:
            ended = job(run, name=name, key=key, input=given, store=store)
        except JobError as error:
            return {"code": error.code, "retryable": error.retryable, "message": str(error)}
        return {"outcome": ended.outcome, "result": ended.result, "attempt": ended.attempt}


def main() -> None:
    """Reads the document, and prints what each part gives."""
    document = json.load(sys.stdin)
    answers = {
        "inputs": [run_input(text) for text in document.get("inputs", [])],
        "schedules": [
            run_schedule(each["schedule"], each.get("at")) for each in document.get("schedules", [])
        ],
        "jobs": [
            run_job(each["file"], each["name"], each["key"], each["input"], each["result"])
            for each in document.get("jobs", [])
        ],
        "texts": JOB_ERROR_CODES if document.get("texts") else {},
    }
    # Text that is refused holds half a surrogate pair, which no stream takes.
    sys.stdout.write(re.sub("[\ud800-\udfff]", "?", json.dumps(answers)))


if __name__ == "__main__":
    main()
