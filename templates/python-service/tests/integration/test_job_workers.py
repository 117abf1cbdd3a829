"""Workers that race, die, sleep, have a wrong clock or no room: with one ledger in a database."""

import random
import signal
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from job_processes import Query, Worker, imported_once, worker

CREATE = "CREATE TABLE imported (line INTEGER NOT NULL, attempt INTEGER NOT NULL)"


@dataclass(frozen=True)
class Place:
    """A database that workers share; `now` is its clock in SQL."""

    url: str
    query: Query
    now: str


def sqlite_place(folder: Path) -> Place:
    def query(sql: str) -> list[tuple[Any, ...]]:
        path = folder / "jobs.db"
        with closing(sqlite3.connect(path, timeout=60, isolation_level=None)) as connection:
            return connection.execute(sql).fetchall()

    query("PRAGMA journal_mode = WAL")
    query(CREATE)
    now = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
    return Place(f"sqlite:{folder}/jobs.db", query, now)


def postgres_place(address: str) -> Place:
    def query(sql: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(address, autocommit=True) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    query(CREATE)
    return Place(address, query, "(extract(epoch from clock_timestamp()) * 1000)::bigint")


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "sqlite":
        return sqlite_place(tmp_path)
    return postgres_place(request.getfixturevalue("empty_postgres"))


def test_of_many_that_start_at_once_one_works(place: Place) -> None:
    """They find an empty database, and make the table of the ledger at once too."""
    workers = [Worker(url=place.url, lines=30, waits_at_start=True) for _ in range(20)]
    try:
        for each in workers:
            each.hear_until("waits")
        for each in workers:
            each.go_on()
        ends = [each.last() for each in workers]
    finally:
        for each in workers:
            each.end()
    assert [end for end in ends if end.get("outcome") == "succeeded"] == [
        {"outcome": "succeeded", "result": {"lines": 30}, "rows": 30}
    ]
    others = [end for end in ends if end.get("outcome") != "succeeded"]
    allowed = (
        {"outcome": "skipped", "result": {"lines": 30}, "rows": 30},
        {"code": "JOB_RUNNING", "retryable": True},
    )
    assert [end for end in others if end not in allowed] == []
    assert len(others) == 19
    assert imported_once(place.query, 30)


def test_killed_again_and_again_it_imports_each_line_once(place: Place) -> None:
    chance = random.Random(5)  # noqa: S311
    lines, at_work = 4000, 0
    given = {"url": place.url, "lines": lines, "lease_seconds": 0.4, "patient": True}
    for _ in range(25):
        # Line by line: on a slow machine it may run for long before the kill reaches it.
        with worker(**given, batch=1) as running:
            # At times before the first commit, at times between later ones or in one.
            heard = [running.hear() for _ in range(chance.randrange(4))]
            time.sleep(chance.random() / 100)
            running.process.kill()
            running.process.communicate()
            assert running.process.returncode == -signal.SIGKILL, "too few lines for so many kills"
            at_work += bool(heard and "committed" in heard[0])
    end: dict[str, Any] = {}
    while "outcome" not in end:
        # On a slow machine a lease of less than a second may run out between two commits.
        with worker(**given) as running:
            end = running.last()
            assert end.get("outcome") or end["retryable"], end
    assert end == {**end, "result": {"lines": lines}, "rows": lines}
    assert imported_once(place.query, lines)
    [(attempts,)] = place.query("SELECT attempt FROM seaworthy_jobs")
    assert attempts > at_work > 0


@pytest.mark.parametrize("taken_over", [False, True])
def test_a_worker_that_slept_too_long_commits_nothing(place: Place, taken_over: bool) -> None:
    given = {"url": place.url, "lines": 30, "lease_seconds": 0.5}
    over = f"SELECT count(*) FROM seaworthy_jobs WHERE lease_until <= {place.now}"  # noqa: S608
    with worker(**given, waits_before_commit=True) as sleeper:
        sleeper.hear_until("waits")
        sleeper.process.send_signal(signal.SIGSTOP)
        sleeper.go_on()
        while place.query(over) != [(1,)]:
            time.sleep(0.05)
        if taken_over:
            with worker(**{**given, "lease_seconds": 60}) as other:
                assert other.last()["outcome"] == "succeeded"
        sleeper.process.send_signal(signal.SIGCONT)
        assert sleeper.last() == {"code": "JOB_LEASE_LOST", "retryable": True}
    assert imported_once(place.query, 30 if taken_over else 10)
    with worker(**given) as again:
        assert again.last()["outcome"] == ("skipped" if taken_over else "succeeded")
    assert imported_once(place.query, 30)
    own = place.query("SELECT count(*) FROM imported WHERE attempt = 1")
    assert own == [(10,)]


@pytest.mark.parametrize("hours", [-1, 1])
def test_the_clock_of_a_worker_is_neither_written_nor_compared(place: Place, hours: int) -> None:
    given = {"url": place.url, "lines": 30, "clock_is_off_by": hours * 3600}
    with worker(url=place.url, lines=30, waits_before_commit=True) as holder:
        holder.hear_until("waits")
        with worker(**given) as wrong:
            assert wrong.last() == {"code": "JOB_RUNNING", "retryable": True}
        holder.end()
    place.query("UPDATE seaworthy_jobs SET lease_until = 1")
    with worker(**given, waits_before_commit=True) as wrong:
        wrong.hear_until("waits")
        within = (
            f"SELECT count(*) FROM seaworthy_jobs WHERE lease_until BETWEEN {place.now}"  # noqa: S608
            f" AND {place.now} + 60000 AND started_at <= {place.now}"
        )
        assert place.query(within) == [(1,)]
        wrong.go_on()
        wrong.hear_until("waits")
        wrong.go_on()
        assert wrong.last()["outcome"] == "succeeded"
    assert imported_once(place.query, 30)


def test_a_worker_that_sleeps_in_an_effect_loses_it_with_its_lease(empty_postgres: str) -> None:
    place = postgres_place(empty_postgres)
    given = {"url": place.url, "lines": 30}
    with worker(**given, lease_seconds=0.5, waits_in_effect=True) as sleeper:
        sleeper.hear_until("waits")
        sleeper.process.send_signal(signal.SIGSTOP)
        with worker(**given, patient=True) as other:
            assert other.last()["outcome"] == "succeeded"
        sleeper.go_on()
        sleeper.process.send_signal(signal.SIGCONT)
        assert sleeper.last() == {"code": "JOB_STORE_FAILED", "retryable": True}
    assert imported_once(place.query, 30)
    assert place.query("SELECT count(*) FROM imported WHERE attempt = 1") == [(10,)]


def test_a_disk_without_room_leaves_the_cursor_where_it_was(tmp_path: Path) -> None:
    place = sqlite_place(tmp_path)
    given: dict[str, Any] = {"url": place.url, "lines": 20_000, "batch": 1000, "lease_seconds": 5}
    # The log of the database may not grow beyond the limit of this process.
    with worker(**given, largest_file=200_000) as full:
        committed = full.hear_until("committed")["committed"]
        said = full.hear()
        while "committed" in said:
            committed, said = said["committed"], full.hear()
        assert said == {"code": "JOB_STORE_FAILED", "retryable": True}
    assert committed < given["lines"]
    [(cursor, rows)] = place.query("SELECT cursor, row_count FROM seaworthy_jobs")
    assert (int(cursor), rows) == (committed, committed)
    assert imported_once(place.query, committed)
    with worker(**given, patient=True) as again:
        assert again.last()["outcome"] == "succeeded"
    assert imported_once(place.query, given["lines"])
