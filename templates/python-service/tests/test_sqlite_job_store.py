"""The ledger in SQLite: its transactions, its clock, and what its errors mean."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from marlin_service._seaworthy.jobs import (
    JobError,
    JobRun,
    SqliteJobStore,
    job,
    migrate,
    prune,
)

from ledgers import SqlLedger, sqlite_ledger

NOW = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"


def run_job(ledger: SqlLedger, run: Any, **options: Any) -> Any:
    given = {"name": "import", "key": "a", "input": None, "store": ledger.store}
    return job(run, **{**given, **options}).result


def failure(call: Any) -> JobError:
    with pytest.raises(JobError) as caught:
        call()
    return caught.value


def test_a_row_says_what_became_of_a_job() -> None:
    ledger = sqlite_ledger()

    def run(run: JobRun[Any]) -> object:
        row = ledger.row("a")
        [(now,)] = ledger.execute(f"SELECT {NOW}")
        assert (row["state"], row["attempt"], row["ended_at"]) == ("running", run.attempt, None)
        assert row["started_at"] <= now < row["lease_until"] <= now + 60_000
        run.commit(ledger.effect(1, {"b": 1, "a": 2}), rows=2)
        if run.attempt == 1:
            raise LookupError("secret")
        return "done"

    with pytest.raises(LookupError):
        run_job(ledger, run)
    row = ledger.row("a")
    assert (row["state"], row["error"], row["result"]) == ("failed", "LookupError", None)
    assert (row["cursor"], row["row_count"]) == ('{"a":2,"b":1}', 2)
    assert row["ended_at"] == row["lease_until"]
    run_job(ledger, run)
    row = ledger.row("a")
    assert (row["state"], row["error"], row["result"]) == ("finished", None, '"done"')
    assert (row["attempt"], row["row_count"]) == (2, 4)


def test_a_table_that_is_missing_says_how_to_make_it() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    store = SqliteJobStore(connection, table="Work")
    error = failure(lambda: prune(store))
    assert (error.code, error.problems[0].name) == ("JOB_TABLE_MISSING", '"Work"')
    assert "call migrate(store)" in str(error)
    migrate(store)
    migrate(store)
    assert prune(store) == 0
    found = connection.execute("SELECT name FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
    assert [row[0] for row in found] == ["Work", "Work_ended", "Work_prune"]


@pytest.mark.parametrize("table", ["", "a b", 'a"', "1a", "a" * 51, None])
def test_a_table_has_a_plain_name(table: Any) -> None:
    connection = sqlite3.connect(":memory:")
    assert failure(lambda: SqliteJobStore(connection, table=table)).code == "JOB_OPTIONS_INVALID"


def test_a_connection_in_a_transaction_is_refused_and_left_alone() -> None:
    ledger = sqlite_ledger()
    ledger.connection.execute("BEGIN")
    ledger.connection.execute("INSERT INTO written VALUES (1)")
    error = failure(lambda: run_job(ledger, lambda _: 1))
    assert (error.code, error.retryable) == ("JOB_CONNECTION_BUSY", True)
    ledger.connection.execute("ROLLBACK")
    assert ledger.written() == []
    assert run_job(ledger, lambda _: 1) == 1


@pytest.mark.parametrize("statement", ["COMMIT", "ROLLBACK"])
def test_an_effect_that_ends_its_transaction_is_found_out(statement: str) -> None:
    ledger = sqlite_ledger()

    def effect(connection: sqlite3.Connection) -> object:
        connection.execute(statement)
        # A new one does not hide it.
        connection.execute("BEGIN")
        return 1

    error = failure(lambda: run_job(ledger, lambda run: run.commit(effect)))
    assert (error.code, error.retryable) == ("JOB_STORE_FAILED", False)
    assert "an effect that ended the transaction" in str(error)
    assert ledger.row("a")["cursor"] is None


def test_an_effect_may_use_savepoints() -> None:
    ledger = sqlite_ledger()

    def effect(connection: sqlite3.Connection) -> object:
        connection.execute("SAVEPOINT mine")
        connection.execute("INSERT INTO written VALUES (1)")
        connection.execute("ROLLBACK TO mine")
        connection.execute("INSERT INTO written VALUES (2)")
        return 1

    assert run_job(ledger, lambda run: run.commit(effect)) == 1
    assert ledger.written() == [2]


def test_other_ways_to_open_a_connection_are_fine(tmp_path: Path) -> None:
    # With the transactions that the module begins by itself, and with rows of another kind.
    connection = sqlite3.connect(tmp_path / "jobs.db")
    connection.row_factory = lambda cursor, row: {"row": row}
    store = SqliteJobStore(connection)
    migrate(store)
    connection.execute("CREATE TABLE written (value INTEGER)")

    def effect(connection: sqlite3.Connection) -> object:
        connection.execute("INSERT INTO written VALUES (1)")
        return 1

    job(lambda run: run.commit(effect), name="a", key="a", input=None, store=store)
    other = sqlite3.connect(tmp_path / "jobs.db")
    assert other.execute("SELECT value FROM written").fetchall() == [(1,)]


@pytest.mark.parametrize("in_effect", [False, True])
def test_a_database_that_others_write_to_passes(tmp_path: Path, in_effect: bool) -> None:
    ledger = sqlite_ledger(str(tmp_path / "jobs.db"))
    ledger.connection.execute("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(tmp_path / "jobs.db", isolation_level=None)
    attached = sqlite3.connect(tmp_path / "other.db", isolation_level=None)
    attached.execute("CREATE TABLE elsewhere (value INTEGER)")
    ledger.execute(f"ATTACH '{tmp_path}/other.db' AS other")

    def run(run: JobRun[Any]) -> object:
        # In the effect it is another file, since the one of the ledger is locked already.
        (attached if in_effect else other).execute("BEGIN IMMEDIATE")
        run.commit(lambda db: db.execute("INSERT INTO other.elsewhere VALUES (1)").rowcount)
        return "done"

    error = failure(lambda: run_job(ledger, run))
    assert (error.code, error.retryable) == ("JOB_STORE_FAILED", True)
    assert error.problems[0].got == "SQLITE_BUSY"
    assert isinstance(error.__cause__, sqlite3.OperationalError)
    other.close()
    attached.close()
    ledger.end_leases()
    assert run_job(ledger, lambda run: run.cursor) is None


def test_a_mistake_in_an_effect_is_no_fault_of_the_store() -> None:
    ledger = sqlite_ledger()
    mistake = "INSERT INTO missing VALUES (1)"
    with pytest.raises(sqlite3.OperationalError, match="no such table: missing"):
        run_job(ledger, lambda run: run.commit(lambda db: db.execute(mistake)))
    assert ledger.row("a")["error"] == "SQLITE_ERROR"


def test_a_full_database_leaves_the_cursor_where_it_was(tmp_path: Path) -> None:
    ledger = sqlite_ledger(str(tmp_path / "jobs.db"))

    def fill(connection: sqlite3.Connection) -> object:
        connection.execute("INSERT INTO written VALUES (2)")
        connection.execute("CREATE TABLE big AS SELECT zeroblob(1000000) AS value")
        return 2

    def run(run: JobRun[Any]) -> object:
        if run.cursor is None:
            run.commit(ledger.effect(1, 1), rows=1)
        return run.commit(fill, rows=1)

    [(pages,)] = ledger.execute("PRAGMA page_count")
    ledger.execute(f"PRAGMA max_page_count = {pages + 1}")
    error = failure(lambda: run_job(ledger, run))
    assert (error.code, error.retryable) == ("JOB_STORE_FAILED", True)
    assert error.problems[0].got == "SQLITE_FULL"
    assert (ledger.written(), ledger.row("a")["cursor"]) == ([1], "1")
    ledger.execute("PRAGMA max_page_count = 1000000")
    assert run_job(ledger, run) == 2
    assert ledger.written() == [1, 2]


def test_a_closed_connection_does_not_mend() -> None:
    ledger = sqlite_ledger()
    ledger.connection.close()
    error = failure(lambda: run_job(ledger, lambda _: 1))
    assert (error.code, error.retryable) == ("JOB_STORE_FAILED", False)


def fails(_: object) -> object:
    raise LookupError


def test_finished_keys_are_pruned_in_time_and_failed_ones_kept() -> None:
    ledger = sqlite_ledger()
    for number in range(1203):
        run_job(ledger, lambda _: 1, key=f"key {number}")
    with pytest.raises(LookupError):
        run_job(ledger, fails, key="failed")
    assert prune(ledger.store) == 0
    ledger.end_keeping()
    assert prune(ledger.store, 2) == 2
    # A job that ends well prunes a hundred by the way.
    run_job(ledger, lambda _: 1, key="another")
    assert prune(ledger.store) == 1101
    left = ledger.execute("SELECT key FROM seaworthy_jobs ORDER BY key")
    assert left == [("another",), ("failed",)]
