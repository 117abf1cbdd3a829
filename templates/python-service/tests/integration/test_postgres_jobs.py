"""The ledger in a real PostgreSQL, with psycopg: the model, its transactions, lost connections."""

import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from marlin_service._seaworthy.jobs import (
    JobError,
    JobRun,
    PostgresJobStore,
    job,
    migrate,
    prune,
)

from ledger_model import LedgerModel
from ledgers import Ledger, SqlLedger
from postgres_server import emptied


@pytest.fixture
def ledger(empty_postgres: str) -> Iterator[SqlLedger]:
    made = open_ledger(empty_postgres)
    yield made
    made.connection.close()


def open_ledger(empty_postgres: str, **options: Any) -> SqlLedger:
    connection = psycopg.connect(empty_postgres, **options)
    return SqlLedger(PostgresJobStore(connection), connection, "%s")


def run_job(store: Any, run: Any, **options: Any) -> Any:
    return job(run, **{"name": "import", "key": "a", "input": None, "store": store, **options})


def failure(call: Any) -> JobError:
    with pytest.raises(JobError) as caught:
        call()
    return caught.value


@pytest.mark.parametrize("autocommit", [False, True])
def test_it_keeps_to_the_model(empty_postgres: str, autocommit: bool) -> None:
    class InPostgres(LedgerModel):
        def make_ledger(self) -> Ledger:
            self.open = open_ledger(empty_postgres, autocommit=autocommit)
            return self.open

        def teardown(self) -> None:
            self.open.connection.close()
            emptied(empty_postgres)

    run_state_machine_as_test(
        InPostgres,
        settings=settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow]),
    )


def test_a_table_that_is_missing_says_how_to_make_it(empty_postgres: str) -> None:
    with psycopg.connect(empty_postgres) as connection:
        store = PostgresJobStore(connection, table="Work")
        assert failure(lambda: prune(store)).code == "JOB_TABLE_MISSING"
        migrate(store)
        migrate(store)
        assert prune(store) == 0


def test_many_may_make_the_table_at_once(empty_postgres: str) -> None:
    at_once = threading.Barrier(8)
    failed: list[BaseException] = []

    def run() -> None:
        store = PostgresJobStore(lambda: psycopg.connect(empty_postgres))
        try:
            at_once.wait()
            migrate(store)
        except BaseException as error:
            failed.append(error)
        finally:
            store.close()

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_a_connection_in_a_transaction_is_refused_and_left_alone(ledger: SqlLedger) -> None:
    ledger.connection.execute("INSERT INTO written VALUES (1)")
    assert failure(lambda: run_job(ledger.store, lambda _: 1)).code == "JOB_CONNECTION_BUSY"
    ledger.connection.rollback()
    assert ledger.written() == []
    assert run_job(ledger.store, lambda _: 1).result == 1


@pytest.mark.parametrize("statement", ["COMMIT", "ROLLBACK"])
def test_an_effect_that_ends_its_transaction_is_found_out(
    ledger: SqlLedger, statement: str
) -> None:
    def effect(connection: psycopg.Connection) -> object:
        connection.execute(statement)
        return 1

    error = failure(lambda: run_job(ledger.store, lambda run: run.commit(effect)))
    assert (error.code, error.retryable) == ("JOB_STORE_FAILED", False)
    assert ledger.row("a")["cursor"] is None


def test_an_effect_may_use_savepoints_and_rows_may_be_of_another_kind(empty_postgres: str) -> None:
    ledger = open_ledger(empty_postgres)
    ledger.connection.row_factory = psycopg.rows.dict_row

    def effect(connection: psycopg.Connection) -> object:
        with connection.transaction():
            connection.execute("INSERT INTO written VALUES (1)")
        return 1

    assert run_job(ledger.store, lambda run: run.commit(effect), key="50%?").result == 1
    assert ledger.execute("SELECT count(*) AS found FROM written") == [{"found": 1}]
    ledger.connection.close()


def test_a_mistake_in_an_effect_is_no_fault_of_the_store(ledger: SqlLedger) -> None:
    with pytest.raises(psycopg.errors.UndefinedTable):
        run_job(
            ledger.store,
            lambda run: run.commit(lambda db: db.execute("INSERT INTO missing VALUES (1)")),
        )
    row = ledger.row("a")
    assert (row["state"], row["error"], row["cursor"]) == ("failed", "42P01", None)


END_OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = %s"


class Bare:
    """A connection of a driver that has what DB-API asks for, and nothing else."""

    def __init__(self, address: str) -> None:
        inner = psycopg.connect(address)
        self.cursor, self.commit, self.rollback = inner.cursor, inner.commit, inner.rollback
        self.close, self.inner = inner.close, inner

    def execute(self, sql: bytes, parameters: tuple[object, ...]) -> None:
        self.inner.execute(sql, parameters)


@pytest.mark.parametrize("connect", [psycopg.connect, Bare])
def test_a_connection_lost_in_an_effect_leaves_the_cursor_where_it_was(
    empty_postgres: str, connect: Any
) -> None:
    ledger = open_ledger(empty_postgres)
    store = PostgresJobStore(lambda: connect(empty_postgres))

    def cut(given: Any) -> object:
        connection = getattr(given, "inner", given)
        connection.execute("INSERT INTO written VALUES (2)")
        ledger.connection.execute(END_OTHERS, (connection.info.backend_pid,))
        connection.execute("INSERT INTO written VALUES (3)")
        return 2

    def run(run: JobRun[psycopg.Connection]) -> object:
        if run.attempt > 1:
            return run.commit(ledger.effect(4, f"after {run.cursor}"), rows=1)
        run.commit(ledger.effect(1, 1), rows=1)
        return run.commit(cut, rows=1)

    error = failure(lambda: run_job(store, run))
    assert (error.code, error.retryable) == ("JOB_STORE_FAILED", True)
    assert isinstance(error.__cause__, psycopg.OperationalError)
    ledger.connection.rollback()
    # The store took a new connection to say that the job had failed, so it goes on at once.
    assert (ledger.row("a")["state"], ledger.row("a")["cursor"]) == ("failed", "1")
    ended = run_job(store, run)
    assert (ended.result, ended.attempt, ended.rows) == ("after 1", 2, 2)
    assert ledger.written() == [1, 4]
    store.close()
    ledger.connection.close()


def test_a_claim_waits_for_the_commit_that_runs(empty_postgres: str) -> None:
    ledger = open_ledger(empty_postgres)
    store = PostgresJobStore(lambda: psycopg.connect(empty_postgres))
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    claimed: list[JobError] = []

    def claim() -> None:
        claimed.append(failure(lambda: run_job(store, lambda _: 1)))

    def effect(connection: psycopg.Connection) -> object:
        # Busy in the database, until the lease is over by its clock.
        connection.execute("SELECT pg_sleep(0.6)")
        other.start()
        with psycopg.connect(empty_postgres, autocommit=True) as looking:
            while other.is_alive() and looking.execute(waiting).fetchall() == [(0,)]:
                connection.execute("SELECT pg_sleep(0.01)")
        return 1

    def run(run: JobRun[psycopg.Connection]) -> object:
        run.commit(effect)
        other.join()
        return run.cursor

    other = threading.Thread(target=claim)
    assert run_job(ledger.store, run, lease_seconds=0.5).attempt == 1
    assert [error.code for error in claimed] == ["JOB_RUNNING"]
    store.close()
    ledger.connection.close()


def test_a_connection_that_was_given_cannot_be_replaced(empty_postgres: str) -> None:
    ledger = open_ledger(empty_postgres)

    def cut(connection: psycopg.Connection) -> object:
        connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return 1

    lines: list[Any] = []
    error = failure(lambda: run_job(ledger.store, lambda run: run.commit(cut), log=lines.append))
    assert (error.code, error.retryable) == ("JOB_STORE_FAILED", True)
    assert lines[0]["leaseHeld"] is True
    assert failure(lambda: run_job(ledger.store, lambda _: 1)).retryable


def test_a_server_that_is_not_there_may_come_back() -> None:
    store = PostgresJobStore(lambda: psycopg.connect("host=127.0.0.1 port=1 connect_timeout=2"))
    error = failure(lambda: run_job(store, lambda _: 1))
    assert (error.code, error.retryable) == ("JOB_STORE_FAILED", True)
    assert "127.0.0.1" not in str(error)
