"""Keeps what was recorded in the current minute and the five before it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from .request_marks import CacheClass
from .traffic import Traffic

WINDOW_MINUTES: Final = 6


@dataclass(slots=True)
class MinuteTraffic:
    """What was recorded in one minute, by the number of the route."""

    minute: int = -WINDOW_MINUTES
    routes: dict[int, Traffic] = field(default_factory=dict)
    _total: Traffic | None = None

    def begin(self, minute: int) -> None:
        """Forgets what it held, for another minute."""
        self.minute, self._total = minute, None
        for traffic in self.routes.values():
            traffic.clear()

    def total(self, now_minute: int) -> Traffic:
        """Returns all routes together: summed up by who asks, not for each request."""
        if self._total is not None:
            return self._total
        total = Traffic()
        for traffic in self.routes.values():
            total.merge(traffic)
        if self.minute < now_minute:
            self._total = total
        return total


class TrafficWindow:
    """The last minutes, in slots that are used again: memory does not grow with traffic."""

    def __init__(self) -> None:
        self._slots = [MinuteTraffic() for _ in range(WINDOW_MINUTES)]
        self._current = self._slots[0]
        self._current_ends_at = float("-inf")

    def record(
        self, at: float, route: int, bucket: int, status: int, cache: CacheClass, calls: int
    ) -> None:
        """Counts one request that ended at a moment, for the route of that number."""
        # Looked up once a minute, not once a request.
        if at >= self._current_ends_at:
            self._turn(int(at // 60))
        routes = self._current.routes
        traffic = routes.get(route)
        if traffic is None:
            traffic = routes[route] = Traffic()
        traffic.count(bucket, status, cache, calls)

    def total(self, at: float) -> Traffic:
        """Returns the sum of the current minute and the five before it."""
        total = Traffic()
        for slot in self._since(at):
            total.merge(slot.total(int(at // 60)))
        return total

    def routes(self, at: float, names: Sequence[str]) -> dict[str, Traffic]:
        """Returns sums by route, in the order of the names, without those that had no request."""
        slots = self._since(at)
        found = {}
        for number, name in enumerate(names):
            total = Traffic()
            for slot in slots:
                if number in slot.routes:
                    total.merge(slot.routes[number])
            if total.requests:
                found[name] = total
        return found

    def completed(self, at: float) -> list[tuple[int, Traffic]]:
        """Returns the minutes that have ended and are still held, oldest first."""
        now = int(at // 60)
        ended = [slot for slot in self._since(at) if slot.minute < now]
        return [
            (slot.minute, slot.total(now)) for slot in sorted(ended, key=lambda each: each.minute)
        ]

    def _since(self, at: float) -> list[MinuteTraffic]:
        oldest = int(at // 60) - WINDOW_MINUTES + 1
        return [slot for slot in self._slots if slot.minute >= max(oldest, 0)]

    def _turn(self, minute: int) -> None:
        slot = self._slots[minute % WINDOW_MINUTES]
        if slot.minute != minute:
            slot.begin(minute)
        self._current = slot
        self._current_ends_at = (minute + 1) * 60.0
