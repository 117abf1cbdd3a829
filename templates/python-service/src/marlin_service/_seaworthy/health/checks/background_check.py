"""A check of a dependency that runs beside the requests; no probe ever waits for it."""

import asyncio
import random
from collections.abc import Callable

from .check import Check, CheckFailure, CheckSnapshot, Status
from .clock import Clock


class BackgroundCheck:
    """Runs one check again and again, and remembers how it went."""

    def __init__(
        self, name: str, check: Check, on_failed: Callable[[CheckFailure], None], clock: Clock
    ) -> None:
        self.name, self.check = name, check
        self.passed_once = False
        self._on_failed, self._clock = on_failed, clock
        self._duration_ms: float | None = None
        self._at: float | None = None
        self._elapsed_at: float | None = None
        self._failures = 0
        self._running: asyncio.Task[object] | None = None

    def status(self) -> Status:
        """Returns pass only while a recent run went well; a check that hangs goes stale."""
        check = self.check
        stale_after = 3 * (check.every_ms + check.timeout_ms) / 1000
        at = self._elapsed_at
        fresh = at is not None and self._clock.elapsed() - at <= stale_after
        if fresh and self.passed_once and self._failures < check.fail_after:
            return "pass"
        holds_back = check.gates == "startup" and not self.passed_once
        return "fail" if check.gates == "ready" or holds_back else "warn"

    def read(self) -> CheckSnapshot:
        """Returns what the last run found."""
        return CheckSnapshot(
            name=self.name,
            component_type=self.check.component_type,
            gates=self.check.gates,
            status=self.status(),
            duration_ms=self._duration_ms,
            at=self._at,
        )

    async def run_forever(self) -> None:
        """Runs the check at its interval until it is cancelled."""
        while True:
            await self.run_once()
            jitter = random.uniform(0.9, 1.1)  # noqa: S311
            await asyncio.sleep(self.check.every_ms * jitter / 1000)

    async def run_once(self) -> None:
        """Runs the check once within its time limit.

        A former run that ignores its cancellation is never joined by a second one: a dependency
        that hangs would collect them. Meanwhile the check goes stale.
        """
        if self._running is not None and not self._running.done():
            return
        started = self._clock.elapsed()
        try:
            await self._bounded_run()
        except Exception as error:
            self._failures += 1
            failure = CheckFailure(
                check=self.name, consecutive_failures=self._failures, error=error
            )
            self._on_failed(failure)
        else:
            self._failures, self.passed_once = 0, True
        self._elapsed_at = self._clock.elapsed()
        self._duration_ms = (self._elapsed_at - started) * 1000
        self._at = self._clock.wall()

    async def _bounded_run(self) -> None:
        running = self._running = asyncio.ensure_future(self._call())
        # Not wait_for, which waits for a task that ignores its cancellation.
        try:
            done, _ = await asyncio.wait({running}, timeout=self.check.timeout_ms / 1000)
        finally:
            running.add_done_callback(_forget_result)
            running.cancel()
        if not done:
            raise TimeoutError(f"no answer within {self.check.timeout_ms} ms")
        if running.cancelled():
            raise RuntimeError("the check was cancelled from inside")
        running.result()

    async def _call(self) -> object:
        return await self.check.run()


def _forget_result(task: asyncio.Task[object]) -> None:
    # Read once, or the loop complains that nobody did.
    if not task.cancelled():
        task.exception()
