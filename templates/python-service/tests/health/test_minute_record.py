"""A line of a history is a record, one that was cut off, or something foreign."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marlin_service._seaworthy.health.history.minute_record_codec import (
    print_record,
    read_line,
)
from marlin_service._seaworthy.health.recording.minute_record import (
    MinuteStratum,
    is_minute_record,
)

from minute_records import record_of, stratum_of

LINE = (
    '{"minute":29900000,"releaseId":"v1→","requests":4,"errors":1,"strata":{'
    '"hit":{"requests":0,"databaseCalls":0,"times":[]},'
    '"miss":{"requests":3,"databaseCalls":6,"times":[[115,1],[127,1],[136,1]]},'
    '"none":{"requests":0,"databaseCalls":0,"times":[]}}}'
)
RECORD = record_of(29_900_000, "v1→", errors=1, miss=stratum_of(3, 2000, calls=2))


def changed(at: str, value: object) -> dict[str, Any]:
    """Returns the record with something else in one place."""
    record: dict[str, Any] = json.loads(LINE)
    *path, last = at.split(".")
    place = record
    for name in path:
        place = place[name]
    place[last] = value
    return record


def test_a_record_is_written_as_every_language_writes_it() -> None:
    assert print_record(RECORD) == LINE


@given(st.integers(0, 2**31 - 1), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_record_is_read_back(minute: int, release_id: str) -> None:
    record = record_of(minute, release_id.replace("\0", "0"), miss=stratum_of(9, 50_000))
    assert read_line(print_record(record)) == json.loads(json.dumps(record))


def test_members_that_nobody_knows_are_left_out() -> None:
    assert read_line(json.dumps(changed("later", 1))) == json.loads(LINE)


@pytest.mark.parametrize("length", range(1, len(LINE)))
def test_a_line_that_was_cut_off_is_no_damage(length: int) -> None:
    assert read_line(LINE[:length]) == "cut off"


WRONG: list[tuple[str, object]] = [
    ("minute", -1),
    ("minute", 1.5),
    ("minute", True),
    ("minute", "1"),
    ("minute", 2**53),
    ("releaseId", ""),
    ("releaseId", None),
    ("requests", None),
    ("errors", 5),
    ("strata", []),
    ("strata.hit", None),
    ("strata.miss.requests", -1),
    ("strata.miss.databaseCalls", 0.5),
    ("strata.miss.times", {}),
    ("strata.miss.times", [1]),
    ("strata.miss.times", [[464, 1]]),
    ("strata.miss.times", [[1, 1, 1]]),
    ("strata.miss.times", [[1, -1]]),
]


@pytest.mark.parametrize(("at", "value"), WRONG)
def test_what_cannot_be_counted_is_no_record(at: str, value: object) -> None:
    assert is_minute_record(json.loads(LINE))
    assert not is_minute_record(changed(at, value))
    assert read_line(json.dumps(changed(at, value))) == "foreign"


STRICTER: list[tuple[str, object]] = [
    ("minute", 2**31),
    ("releaseId", "a\0"),
    ("releaseId", "a\ud800"),
    ("strata.miss.times", [[2, 1], [1, 1]]),
    ("strata.miss.times", [[1, 1], [1, 1]]),
    ("strata.miss.times", [[1, 0]]),
]


@pytest.mark.parametrize(("at", "value"), STRICTER)
def test_what_can_be_counted_is_not_always_kept(at: str, value: object) -> None:
    record = changed(at, value)
    assert is_minute_record(record)
    assert read_line(json.dumps(record)) == "foreign"
    with pytest.raises(ValueError, match="not a minute record"):
        print_record(record)  # type: ignore[arg-type]


@pytest.mark.parametrize("line", ["x", "null", "[]", '{"a":1}', "{}}}", "[" * 100_000, "\ufeff{"])
def test_anything_else_is_foreign(line: str) -> None:
    assert read_line(line) == "foreign"


def test_a_bucket_is_a_pair_in_any_form() -> None:
    times: MinuteStratum = {"requests": 1, "databaseCalls": 0, "times": [(1, 1)]}
    assert is_minute_record(record_of(1, hit=times))
