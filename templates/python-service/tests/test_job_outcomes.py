"""A job says how it ended, and what was wrong with the call."""

from collections.abc import Callable
from typing import Any

import pytest

from marlin_service._seaworthy.jobs import (
    JobLogLine,
    JobRun,
    MemoryJobStore,
    job,
)

from job_calls import refused, run_job
from ledgers import Ledger, MemoryLedger, sqlite_ledger


@pytest.fixture(params=[MemoryLedger, sqlite_ledger])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    made: Ledger = request.param()
    return made


def test_each_outcome_is_one_line_and_one_report(ledger: Ledger) -> None:
    lines: list[JobLogLine] = []
    reports: list[tuple[str, str]] = []

    def told(run: Callable[[JobRun[Any]], Any], **options: Any) -> None:
        def report(name: str, outcome: str) -> None:
            reports.append((name, outcome))

        run_job(ledger, run, log=lines.append, report=report, **options)

    def fails(run: JobRun[Any]) -> object:
        run.commit(ledger.effect(1, 1), rows=3)
        refused("JOB_RUNNING", lambda: told(lambda _: None))
        raise LookupError("secret")

    with pytest.raises(LookupError):
        told(fails)
    told(lambda _: None)
    told(lambda _: None)
    refused("JOB_INPUT_CHANGED", lambda: told(lambda _: None, input=2))
    refused("JOB_OPTIONS_INVALID", lambda: told(lambda _: None, name=""))
    assert all(line.pop("durationMs") >= 0 for line in lines)  # type: ignore[misc]
    work = {"job": "import", "key": "a", "rows": 3}
    assert lines == [
        {**work, "outcome": "skipped", "attempt": 1, "retryable": True, "code": "JOB_RUNNING"},
        {**work, "outcome": "failed", "attempt": 1, "retryable": True, "code": "LookupError"},
        {**work, "outcome": "succeeded", "attempt": 2, "retryable": False},
        {**work, "outcome": "skipped", "attempt": 2, "retryable": False},
        {
            **work,
            "outcome": "failed",
            "attempt": 2,
            "retryable": False,
            "code": "JOB_INPUT_CHANGED",
        },
    ]
    assert reports == [("import", str(line["outcome"])) for line in lines]


def test_a_log_and_a_report_that_raise_change_nothing(ledger: Ledger) -> None:
    def broken(*_: object) -> None:
        raise LookupError

    assert run_job(ledger, lambda _: 1, log=broken, report=broken).outcome == "succeeded"


def test_everything_that_is_wrong_is_named_at_once(ledger: Ledger) -> None:
    wrong: dict[str, Any] = {
        "name": "a" * 201,
        "key": "a\x7f",
        "input": {"at": {1}},
        "lease_seconds": 0,
        "keep_seconds": "1",
        "report": 1,
        "log": "",
        "stop": True,
    }
    error = refused("JOB_OPTIONS_INVALID", lambda: run_job(ledger, 5, **wrong))  # type: ignore[arg-type]
    names = ["name", "key", "input.at", "lease_seconds", "keep_seconds"]
    names += ["report", "log", "stop", "run"]
    assert [problem.name for problem in error.problems] == names
    assert str(error).startswith("9 problems: the options are wrong. Nothing was started.\n\n1. ")
    assert "\n   got       5 (int)\n" in str(error)

    def run(run: JobRun[Any]) -> object:
        error = refused("JOB_OPTIONS_INVALID", lambda: run.commit(5, rows=-1))  # type: ignore[arg-type]
        return [problem.name for problem in error.problems]

    assert run_job(ledger, run).result == ["effect", "rows"]


def fails(_: object) -> object:
    raise LookupError


class UnreachableAtTheEnd(MemoryJobStore):
    """A store that answers no longer once the job has failed."""

    def fail(self, token: object, error: str) -> None:
        raise ConnectionError

    def prune(self, limit: int) -> int:
        raise ConnectionError


def test_a_store_that_is_gone_does_not_hide_why_a_job_failed() -> None:
    lines: list[JobLogLine] = []
    store = UnreachableAtTheEnd()
    with pytest.raises(LookupError):
        job(
            fails,
            name="import",
            key="a",
            input=None,
            store=store,
            log=lines.append,
        )
    assert [line.get("leaseHeld") for line in lines] == [True]
    refused(
        "JOB_RUNNING", lambda: job(lambda _: 1, name="import", key="a", input=None, store=store)
    )
    assert job(lambda _: 1, name="import", key="b", input=None, store=store).result == 1
