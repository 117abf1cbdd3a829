"""A check of a dependency that runs beside the requests; no probe ever waits for it."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

Status = Literal["pass", "warn", "fail"]
CheckFailed = Callable[[str, BaseException], None]


@dataclass(frozen=True, kw_only=True)
class Check:
    """How a dependency is asked. `report` only warns; `ready` turns readiness off."""

    run: Callable[[], Awaitable[object]]
    component_type: str = "component"
    every_ms: int = 5000
    timeout_ms: int = 1000
    fail_after: int = 2
    gates: Literal["report", "ready"] = "report"


class BackgroundCheck:
    """Runs one check again and again, and remembers how it went."""

    def __init__(
        self,
        name: str,
        check: Check,
        failed: CheckFailed,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.name, self.check = name, check
        self.took_ms: float | None = None
        self.finished_at: float | None = None
        self._failed, self._now = failed, now
        self._healthy = False
        self._failures = 0
        self._running: asyncio.Task[object] | None = None

    def status(self) -> Status:
        """Returns pass only while a recent run went well; a check that hangs goes stale."""
        stale_after = 3 * (self.check.every_ms + self.check.timeout_ms) / 1000
        fresh = self.finished_at is not None and self._now() - self.finished_at <= stale_after
        if self._healthy and fresh:
            return "pass"
        return "fail" if self.check.gates == "ready" else "warn"

    async def run_forever(self) -> None:
        """Runs the check at its interval until it is cancelled."""
        while True:
            await self.run_once()
            jitter = random.uniform(0.9, 1.1)  # noqa: S311
            await asyncio.sleep(self.check.every_ms * jitter / 1000)

    async def run_once(self) -> None:
        """Runs the check once within its time limit.

        A former run that has not ended, because it ignores its cancellation, counts as failed:
        a second one is not started beside it.
        """
        started = time.perf_counter()
        try:
            await self._bounded_run()
        except Exception as error:
            self._failures += 1
            self._healthy = self._healthy and self._failures < self.check.fail_after
            self._failed(self.name, error)
        else:
            self._failures, self._healthy = 0, True
        self.took_ms = (time.perf_counter() - started) * 1000
        self.finished_at = self._now()

    async def _bounded_run(self) -> None:
        if self._running is not None and not self._running.done():
            raise TimeoutError("the former run has not ended")
        self._running = asyncio.ensure_future(self._call())
        # Not wait_for, which waits for a task that ignores its cancellation.
        try:
            done, _ = await asyncio.wait({self._running}, timeout=self.check.timeout_ms / 1000)
        finally:
            self._running.add_done_callback(_forget_result)
            self._running.cancel()
        if not done:
            raise TimeoutError(f"no answer within {self.check.timeout_ms} ms")
        if self._running.cancelled():
            raise RuntimeError("the check was cancelled from inside")
        self._running.result()

    async def _call(self) -> object:
        return await self.check.run()


def _forget_result(task: asyncio.Task[object]) -> None:
    # Read once, or the loop complains that nobody did.
    if not task.cancelled():
        task.exception()
