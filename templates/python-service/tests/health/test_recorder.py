"""What is counted since the start has a bound, whatever arrives."""

from marlin_service._seaworthy.health.recording.request_series import (
    SeriesSinceStart,
)
from marlin_service._seaworthy.health.recording.route_names import (
    RouteNames,
    to_template,
)

from seen_requests import HeldClock, health_of, see


def test_routes_beyond_the_limit_are_other() -> None:
    clock = HeldClock()
    health = health_of(clock)
    for number in range(60):
        see(health, clock, route=f"/r{number}")
    see(health, clock, route=None)
    see(health, clock, route="/r49")
    routes = health.snapshot().window.routes
    assert list(routes) == ["other", *(f"/r{number}" for number in range(50))]
    assert (routes["other"].requests, routes["/r49"].requests) == (11, 2)


def test_a_template_is_written_as_every_language_writes_it() -> None:
    assert to_template("/files/{name:path}/{id:int}") == "/files/{name}/{id}"
    names = RouteNames(5)
    numbers = [names.number_of(each) for each in ("/a/{b:int}", "/a/{b}", "/a/{b:str}", "/c")]
    assert numbers == [1, 1, 1, 2]
    assert names.number_of("/" + "x" * 256) == 0


def test_series_tell_route_method_and_status_apart() -> None:
    clock = HeldClock()
    health = health_of(clock)
    see(health, clock, 2, ms=6)
    see(health, clock, ms=20_000, method="POST", status=201)
    see(health, clock, ms=5, method="BREW", route=None)
    series = health.snapshot().since_start
    assert [(each.route, each.method, each.status, each.count) for each in series] == [
        ("/orders", "GET", 200, 2),
        ("/orders", "POST", 201, 1),
        ("other", "_OTHER", 200, 1),
    ]
    assert (series[0].bucket_counts[1], series[1].bucket_counts[-1]) == (2, 1)
    assert round(series[0].sum_seconds, 6) == 0.012


def test_a_bound_belongs_to_the_bucket_below_it() -> None:
    series = SeriesSinceStart()
    for seconds in (0.005, 0.0051, 10, 10.1):
        series.record(0, "GET", 200, seconds)
    [found] = series.read(["other"])
    assert [index for index, count in enumerate(found.bucket_counts) if count] == [0, 1, 13, 14]


def test_series_beyond_the_limit_are_told_apart_by_status_alone() -> None:
    clock = HeldClock()
    health = health_of(clock)
    for status in range(200, 210):
        for number in range(51):
            for method in ("GET", "PUT"):
                see(health, clock, route=f"/r{number}", status=status, method=method)
    series = health.snapshot().since_start
    assert len(series) <= 510
    assert sum(each.count for each in series) == 10 * 51 * 2
    last = series[-1]
    assert (last.route, last.method, last.status) == ("other", "_OTHER", 209)


def test_what_waits_to_be_counted_has_a_bound_and_is_counted_before_it_is_read() -> None:
    clock = HeldClock()
    health = health_of(clock)
    for count in range(1, 200):
        see(health, clock)
        assert len(health.recorder._finished) < 64
        if count % 67 == 0:
            assert health.snapshot().since_start[0].count == count
    clock.seconds += 60
    [(_, total)] = health.recorder.completed(clock.seconds)
    assert total.requests == 199


def test_totals_are_counted_since_the_start() -> None:
    clock = HeldClock()
    health = health_of(clock)
    see(health, clock, 2, cache="hit")
    see(health, clock, cache="miss", calls=3)
    health.recorder.active_requests += 1
    clock.seconds += 3600
    totals = health.snapshot().totals
    assert (totals.cache_hits, totals.cache_misses, totals.database_calls) == (2, 1, 3)
    assert totals.active_requests == 1
