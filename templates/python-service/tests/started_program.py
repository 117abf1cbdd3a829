"""Runs the program up to the moment it would serve, and gives what it built."""

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from marlin_service import __main__ as program
from marlin_service._seaworthy.settings_error import SettingsError
from marlin_service.app import Application
from marlin_service.cache.memory_order_cache import MemoryOrderCache
from marlin_service.server import GracefulServer
from marlin_service.settings import Settings

from migrated import migrate_silently


@dataclass
class Started:
    """What the program built, up to the moment it would serve."""

    error: str
    folder: Path
    output: Callable[[], str]
    clock: list[float]
    parts: tuple[Settings, Application, socket.socket, list[str]] | None = None

    @property
    def address(self) -> Any:
        return self._parts[2].getsockname()

    @property
    def config(self) -> Any:
        _, application, _, proxies = self._parts
        return GracefulServer(self.settings, application, proxies).config

    @property
    def settings(self) -> Settings:
        return self._parts[0]

    @property
    def application(self) -> Application:
        return self._parts[1]

    @property
    def client(self) -> TestClient:
        return TestClient(self.application.asgi, raise_server_exceptions=False)

    @property
    def _parts(self) -> tuple[Settings, Application, socket.socket, list[str]]:
        assert self.parts is not None, self.error
        return self.parts


@contextmanager
def started(folder: Path, capsys: pytest.CaptureFixture[str], **environ: str) -> Iterator[Started]:
    """Runs the program in a folder of its own, and stops it where it would serve."""
    parts: list[Any] = []
    clock = [0.0]

    def keep(*given: Any) -> int:
        parts.extend(given)
        return 0

    (folder / "var").mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for each in Settings.declared():
            patch.delenv(each.setting.variable, raising=False)
        stated = {"DEPLOY_ENVIRONMENT": "test", "HTTP_PORT": "0", **environ}
        for name, value in stated.items():
            patch.setenv(name, value)
        root, service = logging.getLogger(), logging.getLogger("service")
        patch.setattr(root, "handlers", [])
        patch.setattr(root, "level", root.level)
        patch.setattr(service, "level", service.level)
        patch.setattr(logging, "captureWarnings", lambda _: None)
        patch.setattr(program, "run_server", keep)
        made_in = import_module("..create_cache", MemoryOrderCache.__module__)
        timed = partial(MemoryOrderCache, now=lambda: clock[0])
        patch.setattr(made_in, "MemoryOrderCache", timed)
        with suppress(SettingsError):
            migrate_silently(Settings.load())
        capsys.readouterr()
        program.main()
        error = capsys.readouterr().err
        found = (parts[0], parts[1], parts[2], parts[3]) if parts else None
        try:
            yield Started(error, folder, lambda: capsys.readouterr().out, clock, found)
        finally:
            if found is not None:
                found[2].close()
                # Its lifespan closes the database.
                with TestClient(found[1].asgi):
                    pass
