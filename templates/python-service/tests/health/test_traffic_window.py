"""The window is the current minute and the five before it."""

from marlin_service._seaworthy.health.recording.traffic import Traffic

from seen_requests import START, HeldClock, health_of, see


def total(clock: HeldClock, *statuses: int) -> Traffic:
    health = health_of(clock)
    for status in statuses:
        see(health, clock, status=status)
    return health.snapshot().window.total


def test_a_request_stays_for_the_current_minute_and_five_more() -> None:
    clock = HeldClock()
    health = health_of(clock)
    see(health, clock, cache="hit", calls=3)
    clock.seconds = START + 5 * 60 + 59
    window = health.snapshot().window
    assert (window.minutes, window.total.requests, window.total.database_calls) == (6, 1, 3)
    assert window.total.times["hit"].count == 1
    clock.seconds = START + 6 * 60
    assert health.snapshot().window.total.requests == 0
    assert health.snapshot().window.routes == {}


def test_a_slot_is_used_again() -> None:
    clock = HeldClock()
    health = health_of(clock)
    for minute in range(100):
        clock.seconds = START + minute * 60
        see(health, clock, minute + 1)
    assert health.snapshot().window.total.requests == sum(range(95, 101))


def test_what_is_asked_between_two_requests_of_a_minute_is_not_kept() -> None:
    clock = HeldClock()
    health = health_of(clock)
    for count in range(1, 4):
        see(health, clock)
        assert health.snapshot().window.total.requests == count


def test_only_a_status_of_500_or_more_is_an_error_and_its_time_is_kept_apart() -> None:
    found = total(HeldClock(), 200, 404, 422, 499, 500, 503)
    assert (found.requests, found.errors) == (6, 2)
    assert (found.times["none"].count, found.failed_times.count) == (3, 2)


def test_calls_belong_to_the_cache_class_of_their_request() -> None:
    clock = HeldClock()
    health = health_of(clock)
    see(health, clock, cache="miss", calls=2)
    see(health, clock, cache="hit", calls=1)
    see(health, clock, status=500, calls=4)
    see(health, clock, status=499, calls=8)
    found = health.snapshot().window.total
    assert found.calls == {"hit": 1, "miss": 2, "none": 0}
    assert found.database_calls == 15


def test_each_minute_that_has_ended_is_there_once() -> None:
    clock = HeldClock()
    health = health_of(clock)
    for minute in (0, 2, 3):
        clock.seconds = START + minute * 60
        see(health, clock, minute + 1)
    completed = health.recorder.completed(clock.seconds)
    first = int(START // 60)
    assert [(minute - first, sums.requests) for minute, sums in completed] == [(0, 1), (2, 3)]
