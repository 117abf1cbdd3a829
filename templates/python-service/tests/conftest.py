"""What many tests need: settings of a temporary folder, the application, a client, its log."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import hypothesis
import pytest
from fastapi.testclient import TestClient

from marlin_service import import_orders
from marlin_service.app import Application, create_application
from marlin_service.database import CommandDatabase, open_command_database
from marlin_service.settings import Settings

from captured_log import LogLines, captured_log
from migrated import migrate_silently
from postgres_server import emptied, postgres_server

# The same examples in every run, and no clock among the reasons to fail.
hypothesis.settings.register_profile("service", deadline=None, derandomize=True)
hypothesis.settings.load_profile("service")


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {
        "DEPLOY_ENVIRONMENT": "test",
        "DATABASE_URL": f"sqlite:{tmp_path}/var/orders.db",
        "HEALTH_HISTORY_PATH": f"{tmp_path}/var/health-history.ndjson",
    }


@pytest.fixture
def command_environment(
    environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This process as the one of a command: in a folder and with settings of its own."""
    monkeypatch.chdir(tmp_path)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def import_environment(command_environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for the import: every table is there, and its log is left to the test."""
    monkeypatch.setattr(import_orders, "start_log", lambda *_: None)
    migrate_silently(Settings.load())


@pytest.fixture
def settings(environ: dict[str, str], tmp_path: Path) -> Settings:
    return Settings.load({**environ, "HTTP_BODY_LIMIT": "1KiB"}, tmp_path)


@pytest.fixture
def database(settings: Settings) -> Iterator[CommandDatabase]:
    """A connection beside the one of the application, to a database with every table."""
    migrate_silently(settings)
    with closing(open_command_database(settings)) as database:
        yield database


@pytest.fixture
def application(settings: Settings, database: CommandDatabase) -> Iterator[Application]:
    application = create_application(settings)
    yield application
    # Again where its lifespan ran: a connection that stays open keeps the tests from ending.
    asyncio.run(application.database.close())


@pytest.fixture
def client(application: Application) -> Iterator[TestClient]:
    address = ("192.0.2.7", 50_000)
    asgi = application.asgi
    with TestClient(asgi, raise_server_exceptions=False, client=address) as client:
        yield client


@pytest.fixture
def log_lines(caplog: pytest.LogCaptureFixture) -> LogLines:
    return captured_log(caplog)


@pytest.fixture(scope="module")
def postgres_address() -> Iterator[str]:
    """A PostgreSQL for this module of tests, as psycopg takes it; skipped where there is none."""
    with postgres_server() as address:
        yield address


@pytest.fixture
def empty_postgres(postgres_address: str) -> str:
    """The same address, with nothing in its database."""
    return emptied(postgres_address)
