"""Runs what blocks beside the event loop."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

Result = TypeVar("Result")


async def in_thread(work: Callable[[], Result]) -> Result:
    """Runs work in a thread that keeps no process alive: a disk that hangs must not stop a stop."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Result] = loop.create_future()

    def settle(settled: Callable[[], None]) -> None:
        # The loop may have ended meanwhile, and whoever waited may have gone.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(lambda: None if future.done() else settled())

    def run() -> None:
        try:
            result = work()
        except Exception as error:
            failed = error
            settle(lambda: future.set_exception(failed))
        else:
            settle(lambda: future.set_result(result))

    threading.Thread(target=run, name="history", daemon=True).start()
    return await future
