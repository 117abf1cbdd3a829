"""One key for each slot of a schedule, whoever fires and whatever the clock of a place does."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marlin_service._seaworthy.jobs import JobError, schedule_key

MOMENTS = st.datetimes(
    datetime(1975, 1, 1),  # noqa: DTZ001
    datetime(2037, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "Africa/Cairo", "Australia/Lord_Howe"])


@pytest.mark.parametrize(
    ("schedule", "at", "key"),
    [
        ({"every": "minute"}, "2026-11-23T14:05:44.999Z", "a:2026-11-23T14:05Z"),
        ({"every": "minute"}, "2026-11-23T14:05:45Z", "a:2026-11-23T14:06Z"),
        ({"every": "hour"}, "2026-11-23T14:58:59Z", "a:2026-11-23T14Z"),
        ({"every": "hour"}, "2026-11-23T14:59:00Z", "a:2026-11-23T15Z"),
        ({"every": "day"}, "2026-11-22T23:59:00Z", "a:2026-11-23"),
        ({"every": "day", "starts_at": "02:30"}, "2026-11-23T02:28:59Z", "a:2026-11-22"),
        ({"every": "week"}, "2024-12-30T12:00:00Z", "a:2025-W01"),
        ({"every": "week", "starts_at": "06:00"}, "2026-11-23T05:00:00Z", "a:2026-W47"),
        ({"every": "month", "starts_at": "06:00"}, "2027-01-01T05:58:00Z", "a:2026-12"),
        # 02:30 does not exist on that day in Berlin, and exists twice on the other.
        (
            {"every": "day", "starts_at": "02:30", "time_zone": "Europe/Berlin"},
            "2026-03-29T01:00:00Z",
            "a:2026-03-29",
        ),
        (
            {"every": "day", "starts_at": "02:30", "time_zone": "Europe/Berlin"},
            "2026-10-25T01:10:00Z",
            "a:2026-10-25",
        ),
    ],
)
def test_a_moment_belongs_to_a_slot(schedule: dict[str, Any], at: str, key: str) -> None:
    assert schedule_key(name="a", at=datetime.fromisoformat(at), **schedule) == key


def test_now_is_the_moment_when_none_is_named() -> None:
    keys = [
        schedule_key(name="a", every="month", at=datetime.now(UTC)),
        schedule_key(name="a", every="month"),
        schedule_key(name="a", every="month", at=datetime.now(UTC)),
    ]
    assert keys[1] in (keys[0], keys[2])


@pytest.mark.parametrize(
    ("schedule", "names"),
    [
        ({"name": "", "every": "day"}, ["name"]),
        ({"name": "a", "every": "fortnight"}, ["every"]),
        ({"name": "a", "every": "day", "starts_at": "24:00"}, ["starts_at"]),
        ({"name": "a", "every": "day", "starts_at": "2:30"}, ["starts_at"]),
        ({"name": "a", "every": "hour", "starts_at": "00:30"}, ["starts_at"]),
        ({"name": "a", "every": "day", "time_zone": "Europe/Atlantis"}, ["time_zone"]),
        ({"name": "a", "every": "day", "time_zone": "+02:00"}, ["time_zone"]),
        ({"name": "a", "every": "day", "at": datetime(2026, 1, 1)}, ["at"]),  # noqa: DTZ001
        (
            {"name": "\n", "every": "never", "starts_at": "", "time_zone": ""},
            ["name", "every", "starts_at", "time_zone"],
        ),
    ],
)
def test_everything_that_is_wrong_is_named_at_once(
    schedule: dict[str, Any], names: list[str]
) -> None:
    with pytest.raises(JobError) as caught:
        schedule_key(**schedule)
    assert caught.value.code == "SCHEDULE_INVALID"
    assert [problem.name for problem in caught.value.problems] == names
    assert not caught.value.retryable


@given(
    MOMENTS,
    st.integers(0, 3 * 86_400),
    st.sampled_from(["day", "week", "month"]),
    st.sampled_from(["00:00", "00:30", "02:30", "23:59"]),
    ZONES,
)
def test_a_later_moment_never_has_an_earlier_slot(
    at: datetime, seconds: int, every: Any, starts_at: str, time_zone: str
) -> None:
    keys = [
        schedule_key(name="a", every=every, starts_at=starts_at, time_zone=time_zone, at=moment)
        for moment in (at, at + timedelta(seconds=seconds))
    ]
    assert keys == sorted(keys)


@given(MOMENTS, st.sampled_from(["00:00", "00:30", "02:30", "23:59"]), ZONES)
def test_two_days_never_go_by_without_a_new_key(
    at: datetime, starts_at: str, time_zone: str
) -> None:
    keys = {
        schedule_key(
            name="a",
            every="day",
            starts_at=starts_at,
            time_zone=time_zone,
            at=at + timedelta(hours=hours),
        )
        for hours in range(50)
    }
    assert 2 <= len(keys) <= 4
