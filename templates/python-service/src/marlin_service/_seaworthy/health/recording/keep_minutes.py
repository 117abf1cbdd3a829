"""Gives completed minutes to a history, one after the other."""

from collections.abc import Callable
from functools import partial
from typing import Final

from ..checks.clock import Clock
from ..history.history import History
from ..history.history_error import append_slow
from .in_thread import in_thread
from .minute_record import MinuteRecord, MinuteStratum
from .recorder import Recorder
from .request_marks import CacheClass
from .traffic import Traffic
from .traffic_window import WINDOW_MINUTES

_MOST_WAITED: Final = WINDOW_MINUTES - 1


class MinuteKeeper:
    """Called once a minute, and waits for nothing.

    What the history does not take is tried again as long as the window holds it, so nothing
    queues up behind a slow one.
    """

    def __init__(
        self,
        recorder: Recorder,
        clock: Clock,
        release_id: str,
        history: History,
        on_problem: Callable[[Exception], None],
    ) -> None:
        self._recorder, self._clock, self._release_id = recorder, clock, release_id
        self._history, self._on_problem = history, on_problem
        self._kept = -1
        self._running = False
        self._waited_minutes = 0

    async def keep(self) -> None:
        """Writes what has ended since the last call; while that call hangs, it says so."""
        if self._running:
            self._waited_minutes += 1
            if self._waited_minutes >= _MOST_WAITED:
                self._on_problem(append_slow(self._waited_minutes))
            return
        self._running, self._waited_minutes = True, 0
        try:
            await self._keep()
        except Exception as error:
            self._on_problem(error)
        finally:
            self._running = False

    async def _keep(self) -> None:
        # The window counts minutes that only go forward; they are named by the wall clock as it
        # is now.
        at = self._clock.steady()
        correction = round((self._clock.wall() - at) / 60)
        for minute, total in self._recorder.completed(at):
            if minute <= self._kept or not total.requests:
                continue
            record = _to_record(total, minute + correction, self._release_id)
            await in_thread(partial(self._history.append, record))
            self._kept = minute


def _to_record(total: Traffic, minute: int, release_id: str) -> MinuteRecord:
    def stratum(cache: CacheClass) -> MinuteStratum:
        times = total.times[cache]
        return {
            "requests": times.count,
            "databaseCalls": total.calls[cache],
            "times": times.sparse(),
        }

    return {
        "minute": minute,
        "releaseId": release_id,
        "requests": total.requests,
        "errors": total.errors,
        "strata": {"hit": stratum("hit"), "miss": stratum("miss"), "none": stratum("none")},
    }
