"""Migrations: each file once, all of it or nothing, and only what adds."""

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from marlin_service import migrate
from marlin_service.database import CommandDatabase, open_command_database
from marlin_service.migrations import (
    MigrationError,
    MigrationFile,
    MigrationHistory,
    open_migrated,
    read_migrations,
    run_migrations,
)
from marlin_service.migrations.migration_file import FOLDER
from marlin_service.settings import Settings
from marlin_service.start_error import StartError

from captured_log import LogLines

FILES = read_migrations("sqlite")
# A release of before works with what a later one added, and with nothing else.
REFUSED = re.compile(
    r"\b(DROP|RENAME|TRUNCATE|BEGIN|COMMIT|ROLLBACK)\b"
    r"|\bALTER\s+(COLUMN\s+)?\S+\s+(SET\s+DATA\s+)?TYPE\b"
    r"|\bSET\s+NOT\s+NULL\b"
    r"|\bADD\s+(COLUMN\s+)?(?!CONSTRAINT\b)(?![^,;]*\bDEFAULT\b)[^,;]*\bNOT\s+NULL\b"
    # What it wants of new rows the release before does not know.
    r"|\bCREATE\s+UNIQUE\b"
    r"|\bADD\s+(CONSTRAINT\s+\S+\s+)?(UNIQUE|CHECK|PRIMARY|FOREIGN|EXCLUDE)\b"
    # Rows are no migration: there may be millions, and that release reads them.
    r"|\bDELETE\s+FROM\b"
    r"|\bUPDATE\s+(ONLY\s+)?[^\s;]+(\s+(AS\s+)?[^\s;]+)?\s+SET\b",
)


def refused_words(sql: str) -> list[str]:
    """Returns what takes something away from a table that is there."""
    plain = re.sub(r"--.*?$|/\*.*?\*/", " ", sql, flags=re.MULTILINE | re.DOTALL).upper()
    return [found[0] for found in REFUSED.finditer(plain)]


@pytest.fixture
def empty(settings: Settings) -> Iterator[CommandDatabase]:
    with closing(open_command_database(settings)) as database:
        yield database


def apply(database: CommandDatabase, *files: MigrationFile) -> list[int]:
    return [file.number for file, _ in run_migrations(database, files or FILES)]


def file(number: int, *statements: str) -> MigrationFile:
    return MigrationFile(number, f"step-{number}", f"hash {number}", statements)


def columns(database: CommandDatabase, table: str) -> set[Any]:
    return {row[1] for row in database.execute(f"PRAGMA table_info({table})")}


def test_each_file_is_applied_once(empty: CommandDatabase) -> None:
    assert apply(empty) == [1, 2, 3, 4]
    assert apply(empty) == []
    rows = empty.execute("SELECT number, name, sha256 FROM schema_migrations ORDER BY number")
    assert rows == [(each.number, each.name, each.sha256) for each in FILES]
    assert columns(empty, "orders") == {"id", "order_number", "sku", "quantity", "created_at"}


def test_the_hash_is_that_of_the_file() -> None:
    for each in FILES:
        content = (FOLDER / "sqlite" / each.file).read_bytes()
        assert each.sha256 == hashlib.sha256(content).hexdigest()


def test_tables_of_before_migrations_are_adopted(empty: CommandDatabase) -> None:
    empty.execute(FILES[0].statements[0])
    empty.execute("INSERT INTO orders VALUES (1, 'A-1', 'S', 1, '')")
    assert apply(empty) == [1, 2, 3, 4]
    assert empty.execute("SELECT order_number FROM orders") == [("A-1",)]


def test_a_file_that_fails_is_undone_and_those_before_it_stay(empty: CommandDatabase) -> None:
    steps = (file(1, "CREATE TABLE a (x)"), file(2, "CREATE TABLE b (x)", "CREATE TABLE a (x)"))
    with pytest.raises(MigrationError) as caught:
        apply(empty, *steps)
    assert str(caught.value) == (
        "MigrationError: a migration failed and was rolled back. Those before it are applied.\n"
        "   code      MIGRATION_FAILED\n"
        "   got       0002-step-2.sql: table a already exists\n"
        "   expected  a database on which every statement of the file succeeds\n"
        "   fix       mend what the database says, then run make migrate again\n"
        "   retry     yes: nothing of the file was applied\n"
        "   owner     marlin-team"
    )
    assert (columns(empty, "a"), columns(empty, "b")) == ({"x"}, set())
    assert apply(empty, steps[0], file(2, "CREATE TABLE b (x)")) == [2]


def test_a_file_that_was_changed_stops_every_other(empty: CommandDatabase) -> None:
    apply(empty, *FILES[:2])
    changed = [replace(each, sha256="other") for each in FILES[:2]]
    with pytest.raises(MigrationError) as caught:
        apply(empty, *changed, *FILES[2:])
    got = "0001-orders.sql, 0002-job-ledger.sql with other content than was applied"
    assert f"   code      MIGRATION_CHANGED\n   got       {got}\n" in str(caught.value)
    assert MigrationHistory(empty).pending(FILES) == FILES[2:]


def test_a_database_that_is_newer_is_no_error(
    empty: CommandDatabase, settings: Settings, log_lines: LogLines
) -> None:
    apply(empty, *FILES, file(9, "SELECT 1"), file(7, "SELECT 1"))
    migrate.migrate(settings)
    newer, last = log_lines()
    assert (newer["level"], newer["message"], newer["numbers"]) == (
        "WARNING",
        "the database is newer than this release",
        [7, 9],
    )
    assert (last["message"], last["applied"], last["number"]) == ("migrations applied", 0, 4)


def test_the_command_writes_one_line_for_each_file(settings: Settings, log_lines: LogLines) -> None:
    migrate.migrate(settings)
    *applied, last = log_lines()
    assert [(each["number"], each["name"]) for each in applied] == [
        (1, "orders"),
        (2, "job-ledger"),
        (3, "order-summaries"),
        (4, "idempotency-keys"),
    ]
    assert (last["applied"], last["number"]) == (4, 4)


def test_a_pending_file_is_named(empty: CommandDatabase, settings: Settings) -> None:
    apply(empty, *FILES[:2])
    with pytest.raises(StartError) as caught, open_migrated(settings):
        pass
    assert str(caught.value) == (
        "StartError: migrations are pending. The service did not start.\n"
        "   code      START_MIGRATION_PENDING\n"
        "   got       0003, 0004 not applied\n"
        "   expected  a database to which every file of migrations/ was applied\n"
        "   fix       make migrate\n"
        "   retry     yes: once they are applied\n"
        "   owner     marlin-team"
    )


def write_files(folder: Path, *names: str) -> None:
    (folder / "sqlite").mkdir()
    for name in names:
        (folder / "sqlite" / name).write_text("SELECT 1;\n", encoding="utf-8")


def test_files_that_cannot_be_told_apart_are_a_mistake(tmp_path: Path) -> None:
    write_files(tmp_path, "0001-a.sql", "0001-b.sql", "0002-c.sql", "5-late.sql")
    with pytest.raises(StartError) as caught:
        read_migrations("sqlite", tmp_path)
    assert str(caught.value) == (
        "StartError: the files of migrations/ cannot be used. The service did not start.\n"
        "   code      START_MIGRATION_FILES_INVALID\n"
        "   got       0001-a.sql and 0001-b.sql with one number;"
        " 5-late.sql, which is no such name\n"
        "   expected  files such as 0005-more-columns.sql, each number once\n"
        "   fix       deploy the whole folder; a new file gets the next number\n"
        "   retry     no: the same files fail again\n"
        "   owner     marlin-team"
    )


def test_what_lies_beside_them_is_passed_over(tmp_path: Path) -> None:
    write_files(tmp_path, ".DS_Store", "._0001-a.sql", "0001-a.sql", "0001-a.sql.orig")
    assert [each.file for each in read_migrations("sqlite", tmp_path)] == ["0001-a.sql"]


def test_no_file_at_all_is_a_mistake(tmp_path: Path) -> None:
    write_files(tmp_path)
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(StartError, match="   got       no file in migrations/sqlite\n"):
            read_migrations("sqlite", folder)


def test_another_file_that_was_applied_meanwhile_is_refused(empty: CommandDatabase) -> None:
    running = run_migrations(empty, [file(1, "SELECT 1"), file(2, "SELECT 1")])
    assert next(running)[0].number == 1
    MigrationHistory(empty).add(replace(file(2), name="theirs", sha256="theirs"))
    with pytest.raises(MigrationError) as caught:
        next(running)
    assert str(caught.value).startswith(
        "MigrationError: an applied migration was changed. Those before it are applied.\n"
        "   code      MIGRATION_CHANGED\n"
        "   got       0002-step-2.sql with other content than was applied\n"
    )


def test_comments_are_no_statements(tmp_path: Path) -> None:
    (tmp_path / "sqlite").mkdir()
    text = "-- why; because\nCREATE TABLE a (\n  x TEXT DEFAULT ';a'\n);\n-- end\nSELECT 1;\n"
    (tmp_path / "sqlite" / "0001-a.sql").write_text(text, encoding="utf-8")
    [found] = read_migrations("sqlite", tmp_path)
    assert found.statements == ("CREATE TABLE a (\n  x TEXT DEFAULT ';a'\n)", "SELECT 1")


def test_both_databases_have_the_same_steps() -> None:
    names = [each.file for each in FILES]
    assert [each.file for each in read_migrations("postgres")] == names
    assert [each.number for each in FILES] == list(range(1, len(FILES) + 1))


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_later_steps_only_add(kind: str) -> None:
    files = sorted((FOLDER / kind).glob("*.sql"))[1:]
    assert len(files) >= 3
    assert {path.name: refused_words(path.read_text(encoding="utf-8")) for path in files} == {
        path.name: [] for path in files
    }


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE orders;",
        "alter table orders rename column sku to code;",
        "TRUNCATE orders;",
        "ALTER TABLE orders ALTER COLUMN quantity TYPE BIGINT;",
        "ALTER TABLE orders ALTER quantity SET DATA TYPE BIGINT;",
        "ALTER TABLE orders ALTER COLUMN note SET NOT NULL;",
        "ALTER TABLE orders ADD COLUMN note TEXT NOT NULL;",
        "ALTER TABLE orders ADD note TEXT /* DEFAULT '' */ NOT NULL;",
        "COMMIT;",
        "CREATE UNIQUE INDEX orders_sku ON orders (sku);",
        "ALTER TABLE orders ADD UNIQUE (sku);",
        "ALTER TABLE orders ADD CONSTRAINT small CHECK (quantity < 100);",
        "alter table orders add check (quantity < 100);",
        "ALTER TABLE orders ADD CONSTRAINT known FOREIGN KEY (sku) REFERENCES skus (sku);",
        "DELETE FROM orders;",
        "UPDATE orders SET sku = 'S';",
        "UPDATE ONLY orders AS o SET sku = 'S';",
    ],
)
def test_what_takes_away_is_refused(sql: str) -> None:
    assert refused_words(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE orders ADD COLUMN note TEXT;",
        "ALTER TABLE orders ADD COLUMN note TEXT NOT NULL DEFAULT '';",
        "ALTER TABLE orders ADD COLUMN note TEXT DEFAULT '' NOT NULL;",
        "INSERT INTO skus VALUES ('S') ON CONFLICT (sku) DO UPDATE SET sku = excluded.sku;",
        "-- DROP TABLE orders\nCREATE TABLE notes (id INTEGER NOT NULL);",
    ],
)
def test_what_adds_is_taken(sql: str) -> None:
    assert refused_words(sql) == []


def test_an_argument_is_a_mistake_of_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert migrate.main(["0001"]) == 64
    assert capsys.readouterr().err == "migrate: expected nothing\n"


def test_a_database_that_stays_locked_is_said(
    settings: Settings, empty: CommandDatabase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(migrate, "_BUSY_SECONDS", 0.001)
    with closing(sqlite3.connect(tmp_path / "var" / "orders.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StartError, match="START_DATABASE_UNUSABLE"):
            migrate.migrate(settings)
