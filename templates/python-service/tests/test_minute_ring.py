"""The window is the current minute and the five before it."""

from marlin_service._seaworthy.measured_request import MeasuredRequest
from marlin_service._seaworthy.minute_ring import MinuteRing


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_request_stays_for_the_current_minute_and_five_more() -> None:
    clock = Clock()
    ring = MinuteRing(clock)
    ring.record(MeasuredRequest(status=500, database_calls=3, cache="hit"))
    clock.seconds = 5 * 60 + 59
    window = ring.window()
    assert (window.requests, window.errors, window.database_calls) == (1, 1, 3)
    assert window.times["hit"].count == 1
    clock.seconds = 6 * 60
    assert ring.window().requests == 0


def test_a_slot_is_used_again() -> None:
    clock = Clock()
    ring = MinuteRing(clock)
    for minute in range(100):
        clock.seconds = minute * 60
        ring.record(MeasuredRequest(status=200))
    assert ring.window().requests == 6


def test_only_a_status_of_500_or_more_is_an_error() -> None:
    ring = MinuteRing(Clock())
    for status in (200, 404, 422, 499, 500, 503):
        ring.record(MeasuredRequest(status=status))
    assert (ring.window().requests, ring.window().errors) == (6, 2)
