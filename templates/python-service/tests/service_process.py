"""Starts the service as its runbook does, and talks to it over a socket."""

import http.client
import json
import os
import shlex
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from marlin_service.settings import Settings

from migrated import migrate_silently

ROOT = Path(__file__).parents[1]
COMMANDS = json.loads((ROOT / "service.json").read_text(encoding="utf-8"))["commands"]


class ServiceProcess:
    """A running service; `lines` holds what it logged until it stopped."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        self.process = process
        self.first_line: dict[str, Any] = json.loads(process.stdout.readline() or "{}")
        self.port: int = self.first_line.get("port", 0)
        self.lines: list[dict[str, Any]] = []
        self.error = ""

    def request(
        self, method: str, path: str, body: str | None = None, **headers: str
    ) -> tuple[int, dict[str, str], Any]:
        """Sends one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            text = answer.read().decode()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, found, json.loads(text) if text else None
        finally:
            connection.close()

    def connect(self) -> socket.socket:
        """Opens a bare connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Signals the service, and returns its exit code."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """Waits for the end, and keeps what was logged."""
        output, self.error = self.process.communicate(timeout=20)
        self.lines = [self.first_line, *(json.loads(line) for line in output.splitlines())]
        return self.process.returncode


@contextmanager
def running(folder: Path, **environ: str) -> Iterator[ServiceProcess]:
    """Runs the service with its migrated database in a folder of the test."""
    migrate_for(folder, **environ)
    process = start(folder, **environ)
    try:
        yield ServiceProcess(process)
    finally:
        process.kill()
        process.communicate()


def start(folder: Path, **environ: str) -> "subprocess.Popen[str]":
    """Starts the command of service.json on a free port."""
    return spawn(COMMANDS["start"], folder, **environ)


def migrate_for(folder: Path, **environ: str) -> None:
    """Brings the database of a later command to where it can start."""
    migrate_silently(Settings.load(_environment(folder, environ), ROOT))


def spawn(command: str, folder: Path, **environ: str) -> "subprocess.Popen[str]":
    """Starts a command in the folder of the service, with an environment of its own."""
    own = _environment(folder, environ)
    pipe = subprocess.PIPE
    arguments = shlex.split(command)
    return subprocess.Popen(arguments, cwd=ROOT, env=own, stdout=pipe, stderr=pipe, text=True)


def _environment(folder: Path, environ: dict[str, str]) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "DEPLOY_ENVIRONMENT": "test",
        "HTTP_PORT": "0",
        "DATABASE_URL": f"sqlite:{folder}/orders.db",
        "HEALTH_HISTORY_PATH": f"{folder}/health-history.ndjson",
        **environ,
    }
