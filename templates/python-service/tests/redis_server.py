"""A Redis of its own, in a temporary folder and on a free port, that ends with the tests."""

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from postgres_server import UNTIL_INPUT_ENDS, skip

_STARTED: Final = "Ready to accept connections"


class RedisServer:
    """A running server; it may be stopped and started again on its port."""

    def __init__(self, program: str) -> None:
        self._program = program
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Starts it, and comes back when it takes connections."""
        folder = tempfile.mkdtemp(prefix="redis-")
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", "."]
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", UNTIL_INPUT_ENDS, self._program, *options],
            cwd=folder,
            env={"PATH": "/usr/bin:/bin", "FOLDER": folder},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            # A Ctrl-C reaches the tests alone.
            start_new_session=True,
        )
        assert self.process.stdout is not None
        written = []
        for line in self.process.stdout:
            written.append(line)
            if _STARTED in line:
                return
        raise AssertionError("".join(written))

    def stop(self) -> None:
        """Ends it and everything that it held."""
        process, self.process = self.process, None
        if process is not None:
            # What it writes at its end fits into the pipe.
            process.communicate(timeout=20)


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    """Runs a server; without its program the test is skipped aloud."""
    program = shutil.which("redis-server")
    if program is None:
        skip("Redis: the program redis-server")
        return
    server = RedisServer(program)
    try:
        server.start()
        yield server
    finally:
        server.stop()
