"""A job runs once for each key, and goes on where it broke off."""

import math
import threading
from typing import Any

import pytest

from marlin_service._seaworthy.jobs import (
    JobResult,
    JobRun,
    JobStopped,
)

from job_calls import never, refused, run_job
from ledgers import LEASE_SECONDS, Ledger, MemoryLedger, sqlite_ledger


@pytest.fixture(params=[MemoryLedger, sqlite_ledger])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    made: Ledger = request.param()
    return made


def test_a_job_runs_once_and_gives_its_result_again(ledger: Ledger) -> None:
    def run(run: JobRun[Any]) -> object:
        assert (run.cursor, run.attempt, run.stop_requested) == (None, 1, False)
        assert run.commit(ledger.effect(7, {"line": 1.0}), rows=1) == {"line": 1}
        assert run.cursor == {"line": 1}
        return {"rows": (1, 2.5)}

    first, again = run_job(ledger, run), run_job(ledger, run)
    result = {"rows": [1, 2.5]}
    assert first == JobResult(outcome="succeeded", result=result, attempt=1, rows=1)
    assert again == JobResult(outcome="skipped", result=result, attempt=1, rows=1)
    assert ledger.written() == [7]


def test_a_job_that_fails_goes_on_from_its_cursor_at_once(ledger: Ledger) -> None:
    def run(run: JobRun[Any]) -> object:
        for line in range(run.cursor or 0, 4):
            run.commit(ledger.effect(line, line + 1), rows=2)
            if line == 1 and run.attempt == 1:
                raise LookupError("secret")
        return "done"

    with pytest.raises(LookupError, match="secret"):
        run_job(ledger, run)
    ended = run_job(ledger, run)
    assert ended == JobResult(outcome="succeeded", result="done", attempt=2, rows=8)
    assert ledger.written() == [0, 1, 2, 3]


def test_other_input_is_refused_for_the_same_key(ledger: Ledger) -> None:
    run_job(ledger, lambda _: 1)
    error = refused("JOB_INPUT_CHANGED", lambda: run_job(ledger, never, input={"file": 2}))
    assert not error.retryable
    assert error.problems[0].name == '"import" "a"'
    assert run_job(ledger, lambda _: 2, key="b", input={"file": 2}).result == 2


def test_a_job_that_runs_elsewhere_says_who_and_until_when(ledger: Ledger) -> None:
    errors = []

    def run(outer: JobRun[Any]) -> object:
        errors.append(refused("JOB_RUNNING", lambda: run_job(ledger, never)))
        return None

    run_job(ledger, run)
    [error] = errors
    assert error.retryable
    assert error.holder is not None
    assert error.holder.count("/") >= 2
    assert error.lease_until is not None
    assert error.retry_after_ms is not None
    assert 0 < error.retry_after_ms <= LEASE_SECONDS * 1000
    shown = error.lease_until.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert f"held by {error.holder} until {shown}" in str(error)


@pytest.mark.parametrize("taken_over", [False, True])
def test_a_commit_after_the_lease_is_refused(ledger: Ledger, taken_over: bool) -> None:
    def run(run: JobRun[Any]) -> object:
        run.commit(ledger.effect(1, 1))
        ledger.end_leases()
        if taken_over:
            assert run_job(ledger, lambda other: other.cursor).result == 1
        refused("JOB_LEASE_LOST", lambda: run.commit(ledger.effect(2, 2)))
        assert run.cursor == 1
        return "too late"

    assert refused("JOB_LEASE_LOST", lambda: run_job(ledger, run)).retryable
    assert ledger.written() == [1]
    again = run_job(ledger, lambda run: run.cursor)
    assert again.outcome == ("skipped" if taken_over else "succeeded")
    assert again.result == 1


def test_an_effect_that_raises_leaves_nothing(ledger: Ledger) -> None:
    def broken(connection: Any) -> object:
        raise LookupError

    def run(run: JobRun[Any]) -> object:
        run.commit(ledger.effect(1, "first"), rows=1)
        with pytest.raises(LookupError):
            run.commit(broken, rows=1)
        assert run.cursor == "first"
        return run.rows

    assert run_job(ledger, run).result == 1


def test_one_commit_at_a_time_and_none_after_the_end(ledger: Ledger) -> None:
    kept = []

    def run(run: JobRun[Any]) -> object:
        kept.append(run)

        def nested(connection: Any) -> object:
            refused("JOB_COMMIT_OVERLAPS", lambda: run.commit(ledger.effect(1, 1)))
            return 2

        return run.commit(nested)

    assert run_job(ledger, run).result == 2
    refused("JOB_ENDED", lambda: kept[0].commit(ledger.effect(1, 1)))
    assert ledger.written() == []


def test_an_asynchronous_effect_is_refused(ledger: Ledger) -> None:
    async def effect(connection: Any) -> object:
        pytest.fail("it ran")

    def run(run: JobRun[Any]) -> object:
        refused("JOB_EFFECT_ASYNC", lambda: run.commit(effect))
        refused("JOB_EFFECT_ASYNC", lambda: run.commit(lambda db: effect(db)))
        return run.cursor

    assert run_job(ledger, run).result is None


def test_a_cursor_or_a_result_that_is_no_json_is_refused(ledger: Ledger) -> None:
    def run(run: JobRun[Any]) -> object:
        error = refused(
            "JOB_CURSOR_INVALID", lambda: run.commit(lambda _: {"at": math.nan}, rows=1)
        )
        assert error.problems[0].name == "cursor.at"
        return {1}

    assert refused("JOB_RESULT_INVALID", lambda: run_job(ledger, run)).problems[0].name == "result"
    assert run_job(ledger, lambda run: (run.attempt, run.cursor)).result == [2, None]


def test_a_result_is_kept_for_its_time(ledger: Ledger) -> None:
    run_job(ledger, lambda _: 1)
    ledger.end_keeping()
    ended = run_job(ledger, lambda _: 2, input="another")
    assert ended == JobResult(outcome="succeeded", result=2, attempt=1, rows=0)


def test_a_run_that_was_asked_to_stop_has_no_result(ledger: Ledger) -> None:
    stop = threading.Event()

    def run(run: JobRun[Any]) -> object:
        line = run.cursor or 0
        while line < 5 and not run.stop_requested:
            line = run.commit(ledger.effect(line, line + 1))
            if line == 2:
                stop.set()
        return line

    with pytest.raises(JobStopped):
        run_job(ledger, run, stop=stop)
    with pytest.raises(JobStopped):
        run_job(ledger, never, stop=stop)
    assert run_job(ledger, run).result == 5
    assert ledger.written() == [0, 1, 2, 3, 4]


def test_a_run_learns_that_its_lease_is_over(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])

    def run(run: JobRun[Any]) -> object:
        clock[0] += LEASE_SECONDS - 1
        assert not run.stop_requested
        run.commit(ledger.effect(1, 1))
        clock[0] += LEASE_SECONDS - 1
        assert not run.stop_requested
        clock[0] += 1
        assert run.stop_requested

        def slow(connection: Any) -> object:
            clock[0] += 10 * LEASE_SECONDS
            return ledger.effect(2, 2)(connection)

        run.commit(slow)
        assert not run.stop_requested
        clock[0] += LEASE_SECONDS
        return "too late"

    refused("JOB_LEASE_LOST", lambda: run_job(ledger, run))
    assert run_job(ledger, lambda run: run.cursor).result == 2
