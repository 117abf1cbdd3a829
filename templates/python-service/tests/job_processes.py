"""Workers as processes of their own: started, heard, and ended with the test."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

WORKER: Final = Path(__file__).with_name("job_worker.py")
Query = Callable[[str], list[tuple[Any, ...]]]


class Worker:
    """A worker process and what it says."""

    def __init__(self, **given: Any) -> None:
        arguments = [sys.executable, str(WORKER), json.dumps({"key": "a", "batch": 10, **given})]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            arguments, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env={**os.environ}
        )

    def hear(self) -> dict[str, Any]:
        """Returns the next thing that it says; nothing when it has ended."""
        assert self.process.stdout is not None
        said: dict[str, Any] = json.loads(self.process.stdout.readline() or "{}")
        return said

    def hear_until(self, name: str) -> dict[str, Any]:
        """Returns the next thing of that name."""
        while said := self.hear():
            if name in said:
                return said
        raise AssertionError(f"it ended: {self.end()}")

    def go_on(self) -> None:
        """Lets it go on from where it waits."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def last(self) -> dict[str, Any]:
        """Lets it run to its end, and returns what it said last."""
        output, error = self.process.communicate(timeout=120)
        assert self.process.returncode == 0, error
        last: dict[str, Any] = json.loads(output.splitlines()[-1])
        return last

    def end(self) -> str:
        """Ends it, and returns what it complained of."""
        self.process.kill()
        return self.process.communicate()[1]


@contextmanager
def worker(**given: Any) -> Iterator[Worker]:
    """Starts a worker, which does not outlive the test."""
    started = Worker(**given)
    try:
        yield started
    finally:
        started.end()


def imported_once(query: Query, lines: int) -> bool:
    """Whether each line was imported exactly once."""
    found = query("SELECT line, count(*) FROM imported GROUP BY line ORDER BY line")
    return [tuple(row) for row in found] == [(line, 1) for line in range(lines)]
