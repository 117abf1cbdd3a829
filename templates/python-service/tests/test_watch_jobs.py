"""What jobs in other processes did is told once, from now on."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from marlin_service._seaworthy.jobs import (
    EndedJob,
    JobError,
    MemoryJobStore,
    job,
    watch_jobs,
)
from marlin_service._seaworthy.jobs.job_problems import table_missing

EVERY_SECONDS = 0.002


class Watched:
    """A ledger that counts how often it was looked at, and what was told of it."""

    def __init__(self) -> None:
        self.now_ms = 1_000_000
        self.ledger = MemoryJobStore(lambda: self.now_ms)
        self.told: list[str] = []
        self.problems: list[JobError] = []
        self.broken = False
        self._looks = threading.Condition()
        self._count = 0

    def ended_since(self, since: int | None) -> tuple[int, list[EndedJob]]:
        with self._looks:
            self._count += 1
            self._looks.notify_all()
        if self.broken:
            raise table_missing("jobs")
        return self.ledger.ended_since(since)

    def look_twice(self) -> None:
        """Waits for a look that began after this moment to be over."""
        with self._looks:
            wanted = self._count + 2
            assert self._looks.wait_for(lambda: self._count >= wanted, timeout=20)

    def report(self, name: str, outcome: str) -> None:
        self.told.append(f"{name} {outcome}")

    def run(self, key: str, work: Callable[[Any], object] = lambda _: 3) -> None:
        job(work, name=key, key=key, input=None, store=self.ledger)


@contextmanager
def watching(watched: Watched, **options: Any) -> Iterator[None]:
    stop = threading.Event()
    given: Any = {"stop": stop, "every_seconds": EVERY_SECONDS, **options}
    arguments: Any = (watched, options.pop("report", watched.report))
    given.pop("report", None)
    thread = threading.Thread(target=watch_jobs, args=arguments, kwargs=given)
    thread.start()
    try:
        watched.look_twice()
        yield
    finally:
        stop.set()
        thread.join(20)
    assert not thread.is_alive()


def fail(_: Any) -> None:
    raise ZeroDivisionError


def test_each_outcome_is_told_once_and_none_from_before() -> None:
    watched = Watched()
    watched.run("before")
    watched.now_ms += 1
    with watching(watched):
        watched.run("after")
        watched.look_twice()
        watched.look_twice()
    assert watched.told == ["after succeeded"]


def test_a_failure_and_the_success_after_it_are_told() -> None:
    watched = Watched()
    with watching(watched):
        with suppress(ZeroDivisionError):
            watched.run("sweep", fail)
        watched.look_twice()
        watched.now_ms += 1
        watched.run("sweep")
        watched.look_twice()
    assert watched.told == ["sweep failed", "sweep succeeded"]


def test_what_was_told_long_ago_is_forgotten_and_not_told_again() -> None:
    watched = Watched()
    with watching(watched):
        for key in ("a", "b", "c"):
            watched.run(key)
            watched.look_twice()
            watched.now_ms += 50_000
        watched.look_twice()
    assert watched.told == ["a succeeded", "b succeeded", "c succeeded"]


def test_a_ledger_that_cannot_be_read_is_read_again() -> None:
    watched = Watched()
    watched.broken = True
    with watching(watched, on_problem=watched.problems.append):
        watched.look_twice()
        watched.broken = False
        watched.look_twice()
        watched.run("sweep")
        watched.look_twice()
    assert {problem.code for problem in watched.problems} == {"JOB_TABLE_MISSING"}
    assert watched.told == ["sweep succeeded"]


def test_a_report_that_raises_ends_nothing() -> None:
    watched = Watched()

    def report(name: str, outcome: str) -> None:
        watched.report(name, outcome)
        raise ZeroDivisionError

    def on_problem(_: JobError) -> None:
        raise ZeroDivisionError

    with watching(watched, report=report, on_problem=on_problem):
        watched.run("a")
        watched.look_twice()
        watched.broken = True
        watched.look_twice()
        watched.broken = False
        watched.run("b")
        watched.look_twice()
    assert watched.told == ["a succeeded", "b succeeded"]


def test_one_that_is_told_to_stop_never_looks() -> None:
    watched, stop = Watched(), threading.Event()
    stop.set()
    watch_jobs(watched, watched.report, stop=stop)  # type: ignore[arg-type]
    assert watched.told == []


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"store": {}}, ["store"]),
        ({"report": "log"}, ["report"]),
        ({"stop": None}, ["stop"]),
        ({"every_seconds": 0}, ["every_seconds"]),
        ({"every_seconds": True}, ["every_seconds"]),
        ({"on_problem": 5}, ["on_problem"]),
        ({"store": None, "report": None}, ["store", "report"]),
    ],
)
def test_every_wrong_argument_is_named(changed: dict[str, Any], names: list[str]) -> None:
    given: dict[str, Any] = {
        "store": MemoryJobStore(),
        "report": print,
        "stop": threading.Event(),
        "every_seconds": 1,
        **changed,
    }
    with pytest.raises(JobError) as caught:
        watch_jobs(given.pop("store"), given.pop("report"), **given)
    assert caught.value.code == "JOB_OPTIONS_INVALID"
    assert [problem.name for problem in caught.value.problems] == names
