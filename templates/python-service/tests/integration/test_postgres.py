"""The service with a real PostgreSQL: the same answers, and 503 when it is gone or hangs."""

import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from marlin_service.database import open_command_database
from marlin_service.migrations import (
    MigrationHistory,
    read_migrations,
    run_migrations,
)
from marlin_service.service import SERVICE_NAME
from marlin_service.settings import Settings

from migrated import migrate_silently
from service_process import ServiceProcess, running, spawn

ORDER = '{"orderNumber":"A-1001","sku":"SKU-1","quantity":2}'
JSON = {"content_type": "application/json"}
TOKEN = {"authorization": "Bearer development-health-token"}
PYTHON = ".venv/bin/python -m marlin_service"


@pytest.fixture
def url(empty_postgres: str) -> str:
    named = dict(each.split("=") for each in empty_postgres.split())
    return "postgres://{user}@{host}:{port}/{dbname}".format(**named)


@pytest.fixture
def postgres(empty_postgres: str) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
    with psycopg.connect(empty_postgres, autocommit=True) as connection:
        yield connection


def post(service: ServiceProcess, number: str, **headers: str) -> tuple[int, dict[str, str], Any]:
    body = ORDER.replace("A-1001", number)
    return service.request("POST", "/orders", body, **JSON, **headers)


def end(process: "subprocess.Popen[str]") -> tuple[int | None, str, str]:
    output, error = process.communicate(timeout=60)
    return process.returncode, output, error


def test_orders_are_taken_as_with_a_file(tmp_path: Path, url: str) -> None:
    with running(tmp_path, DATABASE_URL=url, DATABASE_POOL_MAX="3") as service:
        status, headers, created = post(service, "A-1001")
        assert (status, headers["server-timing"]) == (201, "db;desc=1")
        assert post(service, "A-1001")[1]["server-timing"] == "db;desc=2"
        assert service.request("GET", "/orders/A-1001")[2] == created
        first = post(service, "A-1002", idempotency_key="k")
        again = post(service, "A-1002", idempotency_key="k")
        assert (first[1]["server-timing"], again[1]["server-timing"]) == ("db;desc=6", "db;desc=1")
        assert (again[0], again[2]) == (201, first[2])
        page = service.request("GET", "/orders?limit=1")[2]
        assert [each["orderNumber"] for each in page["orders"]] == ["A-1002"]
        older = service.request("GET", f"/orders?limit=1&after={page['next']}")[2]
        assert older == {"orders": [created], "next": None}
        checks = service.request("GET", "/healthz", **TOKEN)[2]["checks"]
        assert checks["database:responseTime"][0]["status"] == "pass"
        with ThreadPoolExecutor(12) as workers:
            answers = list(workers.map(lambda n: post(service, f"B-{n:04}")[0], range(60)))
        assert answers == [201] * 60
        assert service.stop() == 0
        assert service.error == ""


def test_of_many_with_one_key_one_stores_and_all_get_its_answer(tmp_path: Path, url: str) -> None:
    with running(tmp_path, DATABASE_URL=url) as service, ThreadPoolExecutor(8) as workers:
        answers = list(workers.map(lambda _: post(service, "A-10", idempotency_key="k"), range(8)))
    assert {(status, str(body)) for status, _, body in answers} == {(201, str(answers[0][2]))}
    replayed = [headers.get("idempotency-replayed") for _, headers, _ in answers]
    assert replayed.count(None) == 1


def test_connections_carry_the_name_of_the_service(
    tmp_path: Path, url: str, postgres: "psycopg.Connection[tuple[Any, ...]]"
) -> None:
    with running(tmp_path, DATABASE_URL=url) as service:
        post(service, "A-1001")
        names = (
            "SELECT DISTINCT application_name FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        )
        found = postgres.execute(f"{names} AND backend_type = 'client backend'").fetchall()
    assert found == [(SERVICE_NAME,)]


def test_connections_that_were_cut_are_made_again(
    tmp_path: Path, url: str, postgres: "psycopg.Connection[tuple[Any, ...]]"
) -> None:
    with running(tmp_path, DATABASE_URL=url) as service:
        post(service, "A-1001")
        postgres.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        # Each is tested before it is lent.
        assert post(service, "A-1002")[0] == 201
        assert service.stop() == 0


def processes(postgres: "psycopg.Connection[tuple[Any, ...]]") -> list[int]:
    rows = postgres.execute(
        "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        " UNION SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::integer"
    )
    return [row[0] for row in rows.fetchall()]


def send(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        subprocess.run(["/bin/kill", f"-{number.name[3:]}", str(pid)], check=False)


def test_a_database_that_hangs_is_a_503_and_stops_neither_probes_nor_the_stop(
    tmp_path: Path, url: str, postgres: "psycopg.Connection[tuple[Any, ...]]"
) -> None:
    limits = {"DATABASE_POOL_WAIT_TIMEOUT": "300ms", "HEALTH_CHECK_INTERVAL": "1s"}
    with running(tmp_path, DATABASE_URL=url, DATABASE_POOL_MAX="2", **limits) as service:
        post(service, "A-1001")
        pids = processes(postgres)
        send(pids, signal.SIGSTOP)
        try:
            with ThreadPoolExecutor(5) as workers:
                asked = [workers.submit(post, service, "A-1002") for _ in range(5)]
                for path in ("/livez", "/readyz", "/healthz"):
                    assert service.request("GET", path)[0] == 200
                for each in asked:
                    status, headers, body = each.result()
                    assert (status, headers["retry-after"]) == (503, "5")
                    assert body["code"] == "database_unavailable"
            assert service.stop() == 0
        finally:
            send(pids, signal.SIGCONT)


def test_a_database_that_goes_on_is_used_again(
    tmp_path: Path, url: str, postgres: "psycopg.Connection[tuple[Any, ...]]"
) -> None:
    limits = {"DATABASE_POOL_WAIT_TIMEOUT": "300ms", "DATABASE_POOL_MAX": "1"}
    with running(tmp_path, DATABASE_URL=url, **limits) as service:
        post(service, "A-1001")
        pids = processes(postgres)
        send(pids, signal.SIGSTOP)
        try:
            assert post(service, "A-1002")[0] == 503
        finally:
            send(pids, signal.SIGCONT)
        # The connection that was given up comes back, or another one takes its place.
        statuses = [503]
        while statuses[-1] == 503:
            statuses.append(post(service, "A-1003")[0])
        assert statuses[-1] == 201


def test_imports_and_jobs_keep_their_ledger_there(
    tmp_path: Path, url: str, postgres: "psycopg.Connection[tuple[Any, ...]]"
) -> None:
    path = tmp_path / "orders.csv"
    rows = "".join(f"A-{number:04},SKU-1,2\n" for number in range(1201))
    path.write_text(f"orderNumber,sku,quantity\n{rows}A-0001,SKU-1,3\n", encoding="utf-8")
    refused = end(spawn(f"{PYTHON}.import_orders {path}", tmp_path, DATABASE_URL=url))
    assert (refused[0], refused[1]) == (1, "")
    assert "   code      START_MIGRATION_PENDING\n" in refused[2]
    assert end(spawn(f"{PYTHON}.migrate", tmp_path, DATABASE_URL=url))[0] == 0
    for message in ("import finished", "import was finished already"):
        code, output, error = end(
            spawn(f"{PYTHON}.import_orders {path}", tmp_path, DATABASE_URL=url)
        )
        assert (code, error) == (1, "")
        assert f'"message":"{message}","imported":1201,"alreadyThere":0,"refused":1' in output
    postgres.execute(
        "UPDATE orders SET created_at = to_char(now() - interval '1 day',"
        " 'YYYY-MM-DD\"T\"23:59:59.999Z')"
    )
    job = f"{PYTHON}.run_job daily-order-summary"
    for outcome in ("succeeded", "skipped"):
        code, output, error = end(spawn(job, tmp_path, DATABASE_URL=url))
        assert (code, error) == (0, "")
        assert f'"outcome":"{outcome}"' in output


def test_two_that_migrate_at_once_apply_each_file_once(
    tmp_path: Path, url: str, postgres: "psycopg.Connection[tuple[Any, ...]]"
) -> None:
    runs = [spawn(f"{PYTHON}.migrate", tmp_path, DATABASE_URL=url) for _ in range(3)]
    outputs = [end(process) for process in runs]
    assert [(code, error) for code, _, error in outputs] == [(0, "")] * 3
    applied = sum(output.count('"message":"migration applied"') for _, output, _ in outputs)
    assert applied == 4
    count = postgres.execute("SELECT count(*) FROM schema_migrations").fetchall()
    assert count == [(4,)]


def test_both_databases_get_the_same_columns(
    tmp_path: Path, url: str, postgres: "psycopg.Connection[tuple[Any, ...]]"
) -> None:
    migrate_silently(settings_with(tmp_path, url))
    file = settings_with(tmp_path, f"sqlite:{tmp_path}/orders.db")
    migrate_silently(file)
    with closing(sqlite3.connect(tmp_path / "orders.db")) as connection:
        tables = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_master"
                " WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            )
        ]
        in_file = {
            table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            for table in tables
        }
    names = "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
    for table, found in in_file.items():
        ordered = postgres.execute(f"{names} ORDER BY ordinal_position", (table,)).fetchall()
        assert [row[0] for row in ordered] == found


def settings_with(folder: Path, url: str) -> Settings:
    return Settings.load({"DEPLOY_ENVIRONMENT": "test", "DATABASE_URL": url}, folder)


def test_a_migration_means_every_character_of_its_text(
    tmp_path: Path, url: str, postgres: "psycopg.Connection[tuple[Any, ...]]"
) -> None:
    text = (
        "CREATE TABLE texts (\n  kind TEXT DEFAULT 'urn:isbn',\n"
        "  share TEXT DEFAULT '10%s %(isbn)s',\n"
        "  size INTEGER DEFAULT '7'::int,\n  name TEXT CHECK (name ~ '^[[:alnum:]:]+$')\n);\n"
    )
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "0001-texts.sql").write_text(text, encoding="utf-8")
    with closing(open_command_database(settings_with(tmp_path, url))) as database:
        assert len(list(run_migrations(database, read_migrations("postgres", tmp_path)))) == 1
    postgres.execute("INSERT INTO texts (name) VALUES ('a:1')")
    rows = postgres.execute("SELECT * FROM texts").fetchall()
    assert rows == [("urn:isbn", "10%s %(isbn)s", 7, "a:1")]


def test_a_file_that_fails_is_undone(
    tmp_path: Path, url: str, postgres: "psycopg.Connection[tuple[Any, ...]]"
) -> None:
    postgres.execute("CREATE TABLE idempotency_keys (key TEXT)")
    code, _, error = end(spawn(f"{PYTHON}.migrate", tmp_path, DATABASE_URL=url))
    assert code == 1
    got = '0004-idempotency-keys.sql: relation "idempotency_keys" already exists'
    assert f"   code      MIGRATION_FAILED\n   got       {got}\n" in error
    with closing(open_command_database(settings_with(tmp_path, url))) as database:
        files = read_migrations("postgres")
        assert MigrationHistory(database).pending(files) == files[3:]
        database.execute("DROP TABLE idempotency_keys")
        assert [file.number for file, _ in run_migrations(database, files)] == [4]


@pytest.mark.parametrize("module", ["", ".migrate", ".run_job daily-order-summary"])
def test_a_server_that_does_not_answer_is_said_without_the_password(
    tmp_path: Path, module: str
) -> None:
    for password in ("hunter2", "hunt%er2"):
        url = f"postgres://app:{password}@127.0.0.1:9/orders"
        code, output, error = end(spawn(f"{PYTHON}{module}", tmp_path, DATABASE_URL=url))
        assert (code, output) == (1, "")
        head = "StartError: there is no connection to the database. The service did not start.\n"
        assert error.startswith(f"{head}   code      START_DATABASE_UNREACHABLE\n")
        assert "   got       postgres://***:***@127.0.0.1:9/orders\n" in error
        assert "hunt" not in error
