"""The one door to SQLite: what is counted, and what can be tried again."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from marlin_service._seaworthy.health import RequestMarks, current_request
from marlin_service._seaworthy.redacted_url import RedactedUrl
from marlin_service.database import Database, DatabaseUnavailable
from marlin_service.start_error import StartError

from captured_log import LogLines

ORDER = {"orderNumber": "A-1001", "sku": "SKU-1", "quantity": 2}


def test_a_call_counts_for_the_request_that_makes_it(database: Database) -> None:
    async def request() -> int:
        measured = RequestMarks()
        current_request.set(measured)
        await asyncio.gather(*(database.execute("SELECT 1") for _ in range(3)))
        await database.check()
        return measured.database_calls

    assert asyncio.run(request()) == 3


def test_a_call_outside_a_request_counts_for_nobody(database: Database) -> None:
    assert asyncio.run(database.execute("SELECT 1")) == [(1,)]


def test_the_file_is_made_with_its_folder_in_wal_mode(database: Database, tmp_path: Path) -> None:
    assert (tmp_path / "var" / "orders.db").is_file()
    assert database.execute_now("PRAGMA journal_mode") == [("wal",)]
    assert database.execute_now("PRAGMA synchronous") == [(2,)]
    assert database.execute_now("PRAGMA busy_timeout") == [(2000,)]


@pytest.mark.parametrize(
    ("pragma", "why"),
    [("query_only = ON", "readonly"), ("max_page_count = 1", "full")],
)
def test_a_database_that_cannot_be_written_is_a_503(
    client: TestClient, database: Database, log_lines: LogLines, pragma: str, why: str
) -> None:
    database.execute_now(f"PRAGMA {pragma}")
    if why == "full":
        fill(database)
    answer = client.post("/orders", json=ORDER)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert answer.json()["code"] == "database_unavailable"
    assert answer.json()["retryable"] is True
    cause, line = log_lines()
    assert why in cause["error"]["message"]
    assert (line["level"], line["status"]) == ("ERROR", 503)


def fill(database: Database) -> None:
    statement = "INSERT INTO orders (order_number, sku, quantity, created_at) VALUES (?, ?, 1, ?)"
    for number in range(1000):
        try:
            database.execute_now(statement, (f"F-{number:04}", "SKU-1", "x" * 24))
        except DatabaseUnavailable:
            return
    raise AssertionError("a database that may not grow took 1,000 rows")


def test_a_locked_database_is_a_503(client: TestClient, database: Database, tmp_path: Path) -> None:
    database.execute_now("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(tmp_path / "var" / "orders.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert client.post("/orders", json=ORDER).status_code == 503
        assert client.get("/orders").status_code == 200
    finally:
        other.close()
    assert client.post("/orders", json=ORDER).status_code == 201


def test_a_mistake_in_a_statement_is_no_reason_to_try_again(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        database.execute_now("SELECT * FROM missing")


@pytest.mark.parametrize("path", ["file/x.db", "folder.db", "not-a-database", ":memory:"])
def test_a_file_that_cannot_be_written_stops_the_start(tmp_path: Path, path: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "folder.db").mkdir()
    (tmp_path / "not-a-database").write_text("x" * 4096, encoding="utf-8")
    url = f"sqlite:{tmp_path}/{path}"
    with pytest.raises(StartError) as caught:
        Database(RedactedUrl(url))
    assert str(caught.value) == (
        "StartError: the database cannot be opened for writing. The service did not start.\n"
        "   code      START_DATABASE_UNUSABLE\n"
        f"   got       {url}\n"
        "   expected  a database file in a folder this process may write\n"
        "   fix       make the folder writable, or set DATABASE_URL to another file\n"
        "   retry     yes: once the folder can be written\n"
        "   owner     marlin-team"
    )
