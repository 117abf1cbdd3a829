"""What is measured of the request that runs now."""

import time
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final, Literal

CacheUse = Literal["hit", "miss", "none"]

STATUS_CLIENT_GONE: Final = 499


@dataclass(slots=True)
class MeasuredRequest:
    """One request, from its headers to its answer. A client that hangs up leaves 499."""

    started: float = field(default_factory=time.perf_counter)
    database_calls: int = 0
    cache: CacheUse = "none"
    status: int = STATUS_CLIENT_GONE

    def duration_us(self) -> int:
        """Returns the time since the request started, in microseconds."""
        return int((time.perf_counter() - self.started) * 1_000_000)


# The object is changed in place: a thread and a child task see the same one, while a value that
# they set in the context variable would stay their own.
current_request: ContextVar[MeasuredRequest | None] = ContextVar("current_request", default=None)


def count_database_call() -> None:
    """Adds one database call to the request that runs now, if there is one."""
    if (request := current_request.get()) is not None:
        request.database_calls += 1


def mark_cache(use: CacheUse) -> None:
    """Notes for the request that runs now that a cache was asked, and with what result."""
    if (request := current_request.get()) is not None:
        request.cache = use
