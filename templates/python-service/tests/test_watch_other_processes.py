"""The health of the service hears of jobs that ran beside it."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from fastapi.testclient import TestClient

from marlin_service._seaworthy.jobs import job
from marlin_service.app import create_application
from marlin_service.database import CommandDatabase
from marlin_service.settings import Settings

from captured_log import LogLines


def until(holds: Callable[[], bool]) -> None:
    """Waits for something that happens elsewhere; only its failure is bounded by time."""
    last = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < last
        time.sleep(0.005)


@pytest.fixture
def client(settings: Settings, database: CommandDatabase) -> Iterator[TestClient]:
    often = settings.health.model_copy(update={"check_interval_ms": 5})
    quick = settings.model_copy(update={"health": often})
    with TestClient(create_application(quick).asgi) as client:
        yield client


def answer(client: TestClient) -> Any:
    return client.get("/healthz").json()["answers"]["jobs"]


def fail(_: Any) -> None:
    raise ZeroDivisionError


def test_jobs_of_other_processes_are_answered_for(
    client: TestClient, database: CommandDatabase, log_lines: LogLines
) -> None:
    store = database.job_store()
    assert answer(client) == "no jobs"
    count = 0

    def ran_and_was_heard_of() -> bool:
        # The first look only finds out from when on to tell.
        nonlocal count
        count += 1
        job(lambda _: 1, name="sweep", key=f"first-{count}", input=None, store=store)
        return bool(answer(client) == "ok")

    until(ran_and_was_heard_of)
    with suppress(ZeroDivisionError):
        job(fail, name="sweep", key="second", input=None, store=store)
    until(lambda: bool(answer(client) == "failing"))
    assert log_lines() == []


def test_a_ledger_that_cannot_be_read_is_logged_and_read_again(
    client: TestClient, database: CommandDatabase, log_lines: LogLines
) -> None:
    database.execute("ALTER TABLE seaworthy_jobs RENAME TO set_aside")
    until(lambda: len(log_lines()) > 0)
    line = log_lines()[0]
    assert (line["level"], line["message"]) == ("WARNING", "jobs could not be watched")
    assert "no such table" in line["error"]["message"]
    database.execute("ALTER TABLE set_aside RENAME TO seaworthy_jobs")

    def failed_and_was_heard_of() -> bool:
        # Requests are answered meanwhile.
        with suppress(ZeroDivisionError):
            job(fail, name="sweep", key="k", input=None, store=database.job_store())
        return bool(answer(client) == "failing")

    until(failed_and_was_heard_of)
