"""What is known of the request that runs now."""

import time
from contextvars import ContextVar
from typing import Final, Literal

CacheClass = Literal["hit", "miss", "none"]

# In the order in which they are compared and named.
CACHE_CLASSES: Final[tuple[CacheClass, ...]] = ("hit", "miss", "none")
# nginx gave the status of a request whose client hung up its number.
STATUS_CLIENT_GONE: Final = 499


class RequestMarks:
    """The marks of one request, live: taken when it begins, and read when it ends."""

    __slots__ = ("cache", "database_calls", "route", "started", "status")

    def __init__(self, started: float | None = None) -> None:
        self.started = time.perf_counter() if started is None else started
        self.database_calls = 0
        self.cache: CacheClass = "none"
        self.route: str | None = None
        # Whoever hangs up before an answer leaves this.
        self.status = STATUS_CLIENT_GONE

    def duration_us(self) -> int:
        """Returns the time since the request started, in microseconds."""
        return int((time.perf_counter() - self.started) * 1_000_000)


# The object is changed in place: a thread and a child task see the same one, while a value that
# they set in the context variable would stay their own.
current_request: ContextVar[RequestMarks | None] = ContextVar("current_request", default=None)


def count_database_call(calls: int = 1) -> None:
    """Adds database calls to the request that runs now, if there is one."""
    if (request := current_request.get()) is not None:
        request.database_calls += calls


def mark_cache(found: Literal["hit", "miss"]) -> None:
    """Notes for the request that runs now what a cache had for it; a miss stays a miss."""
    request = current_request.get()
    # A later hit of the same request must not hide what it paid.
    if request is not None and request.cache != "miss":
        request.cache = found


def mark_route(template: str) -> None:
    """Names the route of the request that runs now, such as /orders/{orderNumber}.

    Routes of the framework name themselves. A path as it was asked for is no template: there is
    no end of them.
    """
    if (request := current_request.get()) is not None:
        request.route = template
