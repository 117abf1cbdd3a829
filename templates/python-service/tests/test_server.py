"""A start that fails behind the settings is said, and is no exit with 0."""

import signal
from collections.abc import Iterator

import pytest

from marlin_service.app import Application
from marlin_service.listening_socket import open_listening_socket
from marlin_service.server import run_server
from marlin_service.settings import Settings


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    before = [(number, signal.getsignal(number)) for number in (signal.SIGTERM, signal.SIGINT)]
    yield
    for number, handler in before:
        signal.signal(number, handler)


def test_a_lifespan_that_fails_ends_with_3_and_its_cause_and_never_listens(
    settings: Settings,
    application: Application,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail() -> None:
        raise OSError("no room for the history")

    monkeypatch.setattr(application.health, "start", fail)
    with open_listening_socket("127.0.0.1", 0) as listener, pytest.raises(SystemExit) as ended:
        run_server(settings, application, listener, (), ())
    assert ended.value.code == 3
    assert "no room for the history" in caplog.text
    assert "listening" not in [record.getMessage() for record in caplog.records]
