"""Tells the health what imports and scheduled jobs did in processes of their own."""

import asyncio
import threading
from contextlib import suppress

from ._seaworthy.health import Health
from ._seaworthy.jobs import JobError, Outcome, watch_jobs
from .database import open_ledger
from .json_log import error_fields, log_fields
from .settings import Settings


def watch_other_processes(settings: Settings, health: Health) -> threading.Event:
    """Watches from a thread that keeps no process alive, until the returned event is set.

    A ledger that cannot be read is logged and read again: requests are answered all the same.
    """
    loop, stop = asyncio.get_running_loop(), threading.Event()
    every_seconds = settings.health.check_interval_ms / 1000

    def report(name: str, outcome: Outcome) -> None:
        # The numbers of the health belong to the thread that answers requests. Its loop may have
        # ended meanwhile.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(health.job_finished, name, outcome)

    def warn(error: BaseException) -> None:
        if not stop.is_set():
            log_fields("warn", "jobs could not be watched", error=error_fields(error))

    def on_problem(problem: JobError) -> None:
        # Its message never says what the database said.
        warn(problem.__cause__ or problem)

    def watch() -> None:
        while not stop.is_set():
            try:
                with open_ledger(settings) as store:
                    watch_jobs(
                        store,
                        report,
                        stop=stop,
                        every_seconds=every_seconds,
                        on_problem=on_problem,
                    )
            except Exception as error:
                warn(error)
                stop.wait(every_seconds)

    threading.Thread(target=watch, name="watch-jobs", daemon=True).start()
    return stop
