"""Bounds work by a deadline that moves with its steps, and never waits for what is given up."""

import asyncio
import math
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class Deadline:
    """Until when the step that runs now may take."""

    def __init__(self) -> None:
        self.at = math.inf

    def allow(self, seconds: float) -> None:
        """Gives the next step so long, from now on."""
        self.at = asyncio.get_running_loop().time() + seconds


class BoundedRuns:
    """Runs work in tasks of their own.

    A driver that is told to stop asks its server to stop too, and waits for the answer: whoever
    waited for that would hang with a server that hangs.
    """

    def __init__(self) -> None:
        # The loop itself keeps a task only while somebody waits for it.
        self._given_up: set[asyncio.Task[Any]] = set()

    async def run(
        self, work: Callable[[Deadline], Coroutine[Any, Any, Result]], first_seconds: float
    ) -> Result:
        """Returns what the work returns.

        Raises TimeoutError when a step takes longer than it may; the work ends behind it.
        """
        deadline = Deadline()
        deadline.allow(first_seconds)
        task = asyncio.ensure_future(work(deadline))
        now = asyncio.get_running_loop().time
        try:
            while not task.done():
                if (left := deadline.at - now()) <= 0:
                    raise TimeoutError("no answer in time")
                await asyncio.wait({task}, timeout=left)
        except BaseException:
            self._give_up(task)
            raise
        return task.result()

    async def end(self, seconds: float) -> None:
        """Waits for what was given up, but no longer than that."""
        if running := [task for task in self._given_up if not task.done()]:
            await asyncio.wait(running, timeout=seconds)

    def _give_up(self, task: asyncio.Task[Any]) -> None:
        self._given_up.add(task)
        task.add_done_callback(self._forget)
        task.cancel()

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._given_up.discard(task)
        # Read once, or the loop complains that nobody did.
        if not task.cancelled():
            task.exception()


def stop_if_given_up() -> None:
    """Raises CancelledError where this work was told to stop while it could not."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
