"""One completed minute of one process, as a history keeps it: plain data, in JSON's names."""

from typing import Final, TypedDict, TypeGuard

from .log_linear_histogram import BUCKET_COUNT
from .request_marks import CACHE_CLASSES


class MinuteStratum(TypedDict):
    """The requests of one cache class; times as pairs of a bucket and a count."""

    requests: int
    databaseCalls: int
    times: list[tuple[int, int]]


class MinuteStrata(TypedDict):
    """Hits, misses and the rest, which are never pooled."""

    hit: MinuteStratum
    miss: MinuteStratum
    none: MinuteStratum


class MinuteRecord(TypedDict):
    """What happened in one minute since 1970.

    Failed requests are counted in `requests` and `errors`, those whose client hung up in
    `requests`; neither is in `strata`, so that a failure is never taken for a fast answer.
    """

    minute: int
    releaseId: str
    requests: int
    errors: int
    strata: MinuteStrata


_LARGEST: Final = 2**53 - 1


def is_minute_record(value: object) -> bool:
    """Whether something that was read from a history can be counted.

    Buckets may stand in any order, more than once and without a count: what a history writes is
    stricter.
    """
    if not isinstance(value, dict):
        return False
    errors, requests, strata = value.get("errors"), value.get("requests"), value.get("strata")
    release_id = value.get("releaseId")
    return (
        is_count(value.get("minute"))
        and isinstance(release_id, str)
        and release_id != ""
        and is_count(requests)
        and is_count(errors)
        and errors <= requests
        and isinstance(strata, dict)
        and all(_is_stratum(strata.get(name)) for name in CACHE_CLASSES)
    )


def is_count(value: object) -> TypeGuard[int]:
    """Whether a value is a whole number from 0 on that every language can hold."""
    # Exactly an int: True is one too.
    return type(value) is int and 0 <= value <= _LARGEST


def _is_stratum(value: object) -> bool:
    return (
        isinstance(value, dict)
        and is_count(value.get("requests"))
        and is_count(value.get("databaseCalls"))
        and _are_buckets(value.get("times"))
    )


def _are_buckets(times: object) -> bool:
    if not isinstance(times, list):
        return False
    for pair in times:
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            return False
        bucket, count = pair
        if not (is_count(bucket) and bucket < BUCKET_COUNT and is_count(count)):
            return False
    return True
