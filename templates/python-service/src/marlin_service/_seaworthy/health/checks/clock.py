"""The clocks of a service, in seconds: one that is printed, and one that only goes forward."""

import time
from collections.abc import Callable


class Clock:
    """Reads the time. Tests give a clock of their own, which is then all three."""

    def __init__(self, now: Callable[[], float] | None = None) -> None:
        # Printed, never subtracted.
        self.wall = now or time.time
        # A corrected system clock must not make a stale check green.
        self.elapsed = now or time.perf_counter
        self.started_at = self.wall()
        # Turns a moment of `elapsed` into one of the wall clock when the service started.
        self.origin = self.wall() - self.elapsed()

    def steady(self) -> float:
        """Returns the time that only goes forward, in seconds since 1970."""
        return self.origin + self.elapsed()
