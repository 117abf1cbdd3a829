"""All background checks of a service."""

import asyncio
from collections.abc import Callable, Mapping

from .background_check import BackgroundCheck
from .check import Check, CheckFailure, CheckSnapshot
from .clock import Clock


class Checks:
    """Runs them, and says together whether the service has started and is ready."""

    def __init__(
        self, checks: Mapping[str, Check], on_failed: Callable[[CheckFailure], None], clock: Clock
    ) -> None:
        self.all = [
            BackgroundCheck(name, check, on_failed, clock) for name, check in checks.items()
        ]
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Starts the checks on the running loop."""
        self._tasks = [asyncio.create_task(check.run_forever()) for check in self.all]

    async def stop(self) -> None:
        """Stops the checks."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def started(self) -> bool:
        """Whether every check that gates the start has passed once; stays true."""
        return all(each.check.gates != "startup" or each.passed_once for each in self.all)

    def ready(self) -> bool:
        """Whether no check that gates readiness is failed."""
        return all(each.check.gates != "ready" or each.status() != "fail" for each in self.all)

    def read(self) -> list[CheckSnapshot]:
        """Returns what each check last found."""
        return [check.read() for check in self.all]
