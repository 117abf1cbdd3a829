"""An event loop on which no time passes that nobody waits for."""

import asyncio
import selectors
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any


class JumpingSelector(selectors.DefaultSelector):
    """Never waits: the clock of its loop jumps to the next timer."""

    ahead = 0.0

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        self.ahead += 0 if ready else timeout or 0
        return ready


@contextmanager
def jumping_loop() -> Iterator[tuple[asyncio.AbstractEventLoop, JumpingSelector]]:
    selector = JumpingSelector()
    loop = asyncio.SelectorEventLoop(selector)
    real_time = loop.time
    loop.time = lambda: real_time() + selector.ahead  # type: ignore[method-assign]
    try:
        yield loop, selector
    finally:
        # What was given up ends behind whoever gave it up.
        for task in asyncio.all_tasks(loop):
            task.cancel()
            with suppress(asyncio.CancelledError):
                loop.run_until_complete(task)
        loop.close()
