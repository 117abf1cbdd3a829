"""The one door of requests to the database: what is counted, and what can be tried again."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from marlin_service._seaworthy.health import RequestMarks, current_request
from marlin_service.app import Application
from marlin_service.database import (
    CommandDatabase,
    Database,
    DatabaseUnavailable,
    Session,
    create_engine,
    open_command_database,
)
from marlin_service.settings import Settings
from marlin_service.start_error import StartError

from captured_log import LogLines

ORDER = {"orderNumber": "A-1001", "sku": "SKU-1", "quantity": 2}
COUNT = "SELECT count(*) FROM orders"
INSERT = "INSERT INTO orders (order_number, sku, quantity, created_at) VALUES ('A-1', 'S', 1, '')"


def with_database(settings: Settings, use: Callable[[Database], Awaitable[Any]]) -> Any:
    """Uses the database of requests on a loop of its own."""

    async def run() -> Any:
        database = Database(settings.service.database_url, settings.database)
        try:
            return await use(database)
        finally:
            await database.close()

    return asyncio.run(run())


def test_a_call_counts_for_the_request_that_makes_it(
    settings: Settings, database: CommandDatabase
) -> None:
    async def request(database: Database) -> int:
        measured = RequestMarks()
        current_request.set(measured)
        await asyncio.gather(*(database.execute("SELECT 1") for _ in range(3)))
        return measured.database_calls

    assert with_database(settings, request) == 3


def test_a_transaction_counts_its_first_and_its_last_step_too(
    settings: Settings, database: CommandDatabase
) -> None:
    async def insert(session: Session) -> None:
        await session.execute(INSERT)

    async def insert_and_fail(session: Session) -> None:
        await session.execute(INSERT.replace("A-1", "A-2"))
        raise ZeroDivisionError

    async def request(database: Database) -> int:
        measured = RequestMarks()
        current_request.set(measured)
        await database.transaction(insert)
        with pytest.raises(ZeroDivisionError):
            await database.transaction(insert_and_fail)
        return measured.database_calls

    assert with_database(settings, request) == 6
    assert database.execute(COUNT) == [(1,)]


def test_a_call_outside_a_request_counts_for_nobody(
    settings: Settings, database: CommandDatabase
) -> None:
    assert with_database(settings, lambda it: it.execute("SELECT 1")) == [(1,)]
    assert with_database(settings, lambda it: it.check()) is None


def test_each_connection_is_safe_and_waits_its_time(
    settings: Settings, database: CommandDatabase
) -> None:
    async def pragmas(database: Database) -> list[Any]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        return [(await database.execute(f"PRAGMA {name}"))[0][0] for name in names]

    assert with_database(settings, pragmas) == ["wal", 2, 1, 2000]
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    found = [database.execute(f"PRAGMA {name}")[0][0] for name in names]
    assert found == ["wal", 2, 1, 2000]


@pytest.mark.parametrize(
    ("pragma", "why"),
    [("query_only = ON", "readonly"), ("max_page_count = 1", "full")],
)
def test_a_database_that_cannot_be_written_is_a_503(
    application: Application,
    log_lines: LogLines,
    monkeypatch: pytest.MonkeyPatch,
    pragma: str,
    why: str,
) -> None:
    monkeypatch.setattr(create_engine, "PRAGMAS", (f"PRAGMA {pragma}",))
    orders = ({**ORDER, "orderNumber": f"F-{number}"} for number in range(1000))
    with TestClient(application.asgi) as client:
        answers = (client.post("/orders", json=order) for order in orders)
        answer = next(each for each in answers if each.status_code != 201)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert answer.json()["code"] == "database_unavailable"
    assert answer.json()["retryable"] is True
    cause, line = log_lines()[-2:]
    assert why in cause["error"]["message"]
    assert (line["level"], line["status"]) == ("ERROR", 503)


@pytest.mark.parametrize("headers", [{}, {"idempotency-key": "k"}])
def test_a_locked_database_is_a_503(
    application: Application,
    database: CommandDatabase,
    monkeypatch: pytest.MonkeyPatch,
    headers: dict[str, str],
) -> None:
    monkeypatch.setattr(create_engine, "BUSY_TIMEOUT_SECONDS", 0.001)
    with TestClient(application.asgi) as client:
        with database.transaction():
            refused = client.post("/orders", json=ORDER, headers=headers)
            assert (refused.status_code, refused.json()["code"]) == (503, "database_unavailable")
            assert client.get("/orders").status_code == 200
        assert client.post("/orders", json=ORDER, headers=headers).status_code == 201


def test_a_mistake_in_a_statement_is_no_reason_to_try_again(
    settings: Settings, database: CommandDatabase
) -> None:
    with pytest.raises(OperationalError, match="no such table"):
        with_database(settings, lambda it: it.execute("SELECT * FROM missing"))


def test_who_waits_too_long_for_a_connection_may_try_again(
    environ: dict[str, str], tmp_path: Path, database: CommandDatabase
) -> None:
    short = Settings.load({**environ, "DATABASE_POOL_WAIT_TIMEOUT": "100ms"}, tmp_path)

    async def both(database: Database) -> None:
        async def keep(session: Session) -> None:
            with pytest.raises(DatabaseUnavailable):
                await database.execute("SELECT 1")

        await database.transaction(keep)
        assert await database.execute("SELECT 1") == [(1,)]

    with_database(short, both)


def test_who_waits_for_a_connection_gets_it_when_who_asked_for_it_is_gone(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "var").mkdir()
    blocker = sqlite3.connect(tmp_path / "var/orders.db", isolation_level=None)

    async def first_goes(database: Database) -> None:
        # Nobody can open the file meanwhile, not even to read it.
        blocker.execute("BEGIN EXCLUSIVE")
        first = asyncio.ensure_future(database.execute("SELECT 1"))
        await asyncio.sleep(0.1)
        second = asyncio.ensure_future(database.execute("SELECT 2"))
        await asyncio.sleep(0.1)
        first.cancel()
        await asyncio.sleep(0.1)
        assert first.cancelled()
        blocker.execute("COMMIT")
        assert await second == [(2,)]

    with closing(blocker):
        with_database(settings, first_goes)


def test_who_is_gone_before_the_connection_is_open_writes_nothing(
    settings: Settings, database: CommandDatabase
) -> None:
    async def goes(requests: Database) -> None:
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("CREATE TABLE held (it)")
        late = asyncio.ensure_future(requests.execute(INSERT))
        await asyncio.sleep(0.1)
        late.cancel()
        await asyncio.sleep(0.1)
        database.execute("PRAGMA locking_mode = NORMAL")
        assert database.execute(COUNT) == [(0,)]
        assert await requests.execute(COUNT) == [(0,)]

    with_database(settings, goes)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("file/x.db", "EEXIST"),
        ("file/x/y.db", "ENOTDIR"),
        ("folder.db", "unable to open database file"),
        ("not-a-database", "file is not a database"),
        (":memory:", "a database in memory would forget every order"),
    ],
)
def test_a_file_that_cannot_be_written_stops_the_start(
    environ: dict[str, str], tmp_path: Path, path: str, reason: str
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "folder.db").mkdir()
    (tmp_path / "not-a-database").write_text("x" * 4096, encoding="utf-8")
    url = f"sqlite:{tmp_path}/{path}"
    settings = Settings.load({**environ, "DATABASE_URL": url}, tmp_path)
    with pytest.raises(StartError) as caught, closing(open_command_database(settings)):
        pass
    assert str(caught.value) == (
        "StartError: the database cannot be opened for writing. The service did not start.\n"
        "   code      START_DATABASE_UNUSABLE\n"
        f"   got       {url}: {reason}\n"
        "   expected  a database file in a folder this process may write\n"
        "   fix       mend what got says, or set DATABASE_URL to another file\n"
        "   retry     yes: once the file can be written\n"
        "   owner     marlin-team"
    )


LEFT_OPEN = """
import asyncio, sys
from marlin_service._seaworthy.redacted_url import RedactedUrl
from marlin_service.database.create_engine import create_engine
from marlin_service.settings import Settings

async def leave_open():
    limits = Settings.load({"DEPLOY_ENVIRONMENT": "test", "DATABASE_URL": sys.argv[1]}).database
    kept.append(await create_engine(RedactedUrl(sys.argv[1]), limits).connect())

kept = []
asyncio.run(leave_open())
"""


def test_a_connection_that_is_left_open_keeps_no_process_from_ending(tmp_path: Path) -> None:
    url = f"sqlite:{tmp_path}/orders.db"
    left = subprocess.run(
        [sys.executable, "-c", LEFT_OPEN, url], check=False, timeout=60, stderr=subprocess.PIPE
    )
    assert left.returncode == 0, left.stderr
