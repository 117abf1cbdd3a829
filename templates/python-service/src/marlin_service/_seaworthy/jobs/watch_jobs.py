"""Tells a process what jobs in other processes did, from the ledger that they share."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from .job_error import JobError
from .job_outcome import Outcome, Report
from .job_store import EndedJob, JobStore
from .wrong_options import WrongOptions

# A row that was written a moment ago is seen when its transaction has ended: each look goes back
# this far.
_OVERLAP_MS: Final = 60_000
_LONGEST_PAUSE_SECONDS: Final = 86_400
_OUTCOMES: Final[dict[str, Outcome]] = {"finished": "succeeded", "failed": "failed"}


def watch_jobs(
    store: JobStore[Any],
    report: Report,
    *,
    stop: threading.Event,
    every_seconds: float = 10.0,
    on_problem: Callable[[JobError], object] | None = None,
) -> None:
    """Reports each outcome that the ledger gets from now on, once, until `stop` is set.

    It blocks: give it a thread. What `report` and `on_problem` raise is passed over, and a ledger
    that cannot be read is read again. The surprise: a failure that is claimed again before the next
    look is not told, only how that ends; refused and skipped calls leave no trace in the ledger.
    Raises JobError JOB_OPTIONS_INVALID.
    """
    _check(store, report, stop, every_seconds, on_problem)
    watch: _Watch | None = None
    while not stop.is_set():
        try:
            watch = watch or _Watch(store, report)
            watch.look()
        except JobError as error:
            if on_problem is not None:
                with suppress(Exception):
                    on_problem(error)
        stop.wait(every_seconds)


class _Watch:
    """Looks at the ledger, and remembers what it has told."""

    def __init__(self, store: JobStore[Any], report: Report) -> None:
        self._store, self._report = store, report
        self._started_at, _ = store.ended_since(None)
        self._looked_at = self._started_at
        self._told: dict[EndedJob, int] = {}

    def look(self) -> None:
        """Tells what has ended since the look before."""
        since = max(self._started_at, self._looked_at - _OVERLAP_MS)
        now, ended = self._store.ended_since(since)
        for each in ended:
            if each not in self._told:
                self._told[each] = each.ended_at
                with suppress(Exception):
                    self._report(each.name, _OUTCOMES[each.state])
        self._looked_at = now
        kept_from = now - _OVERLAP_MS
        self._told = {each: at for each, at in self._told.items() if at >= kept_from}


def _check(store: Any, report: Any, stop: Any, every_seconds: Any, on_problem: Any) -> None:
    wrong = WrongOptions("JOB_OPTIONS_INVALID", "watch_jobs")
    is_store = callable(getattr(store, "ended_since", None))
    wrong.demand(is_store, "store", store, "a store, such as SqliteJobStore(connection)")
    wrong.demand(callable(report), "report", report, "a function, such as health.job_finished")
    wrong.demand(isinstance(stop, threading.Event), "stop", stop, "a threading.Event")
    is_pause = type(every_seconds) in (int, float) and 0 < every_seconds <= _LONGEST_PAUSE_SECONDS
    expected = f"seconds above 0, at most {_LONGEST_PAUSE_SECONDS}"
    wrong.demand(is_pause, "every_seconds", every_seconds, expected)
    is_function = on_problem is None or callable(on_problem)
    wrong.demand(is_function, "on_problem", on_problem, "a function, or nothing")
    wrong.raise_any()
