"""The health of a service: is it up, is it slow, and the numbers behind both."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .background_check import BackgroundCheck, Check, CheckFailed
from .measured_request import MeasuredRequest
from .minute_ring import MinuteRing


@dataclass(frozen=True, kw_only=True)
class HealthFacts:
    """What a health document says of the service, and the objectives it is measured against."""

    service_id: str
    release_id: str
    response_time_ms: float
    error_rate: float
    database_calls_per_request: float


class Health:
    """Measures requests, runs background checks, and knows whether to take requests."""

    def __init__(
        self,
        facts: HealthFacts,
        checks: Mapping[str, Check],
        check_failed: CheckFailed,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.facts, self.now = facts, now
        self.draining = False
        self.minutes = MinuteRing(now)
        self.checks = [
            BackgroundCheck(name, check, check_failed, now) for name, check in checks.items()
        ]
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Starts the background checks on the running loop."""
        self._tasks = [asyncio.create_task(check.run_forever()) for check in self.checks]

    async def stop(self) -> None:
        """Stops the background checks."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def drain(self) -> None:
        """Turns readiness off at once; requests in flight are not touched."""
        self.draining = True

    def ready(self) -> bool:
        """Whether the balancer may send requests here."""
        return not self.draining and all(check.status() != "fail" for check in self.checks)

    def record(self, request: MeasuredRequest) -> None:
        """Counts one finished request."""
        self.minutes.record(request)
