"""Sorts the records of a history by release and minute."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ..recording.minute_record import MinuteRecord, MinuteStratum, is_minute_record
from ..recording.request_marks import CACHE_CLASSES, CacheClass

MinutesOfRelease = Mapping[int, "Minute"]
Releases = Mapping[str, MinutesOfRelease]


class Stratum:
    """The requests of one cache class in one minute, with their times in ascending buckets."""

    __slots__ = ("_sums", "buckets", "count", "counts", "database_calls", "requests")

    def __init__(
        self, requests: int, database_calls: int, times: Iterable[tuple[int, int]]
    ) -> None:
        self.requests, self.database_calls = requests, database_calls
        held: dict[int, int] = {}
        for bucket, count in times:
            held[bucket] = held.get(bucket, 0) + count
        self.buckets = sorted(held)
        self.counts = [held[bucket] for bucket in self.buckets]
        # How many times lie in this bucket or below.
        self._sums = [0, *accumulate(self.counts)]
        self.count = self._sums[-1]

    def count_above(self, edge: int) -> int:
        """Returns how many times lie above a bucket."""
        return self.count - self._sums[bisect_right(self.buckets, edge)]

    def add(self, other: "Stratum") -> "Stratum":
        """Returns the sum of two processes."""
        mine = zip(self.buckets, self.counts, strict=True)
        theirs = zip(other.buckets, other.counts, strict=True)
        calls = self.database_calls + other.database_calls
        return Stratum(self.requests + other.requests, calls, [*mine, *theirs])


@dataclass(frozen=True, slots=True)
class Minute:
    """One minute of one release, summed up over its processes."""

    minute: int
    requests: int
    errors: int
    strata: Mapping[CacheClass, Stratum]


def merge_records(records: Sequence[MinuteRecord]) -> tuple[dict[str, dict[int, Minute]], int]:
    """Returns the minutes of each release, and how many records are malformed.

    Several processes of a release may have written the same minute.
    """
    releases: dict[str, dict[int, Minute]] = {}
    refused = 0
    for record in records:
        if not is_minute_record(record):
            refused += 1
            continue
        minutes = releases.setdefault(record["releaseId"], {})
        read = _read(record)
        known = minutes.get(read.minute)
        minutes[read.minute] = read if known is None else _add(known, read)
    return releases, refused


def minutes_between(minutes: MinutesOfRelease | None, start: int, until: int) -> list[Minute]:
    """Returns the recorded minutes of a span, in order; `until` is not part of it."""
    if minutes is None:
        return []
    return [minutes[at] for at in range(start, until) if at in minutes]


def _read(record: MinuteRecord) -> Minute:
    def stratum(read: MinuteStratum) -> Stratum:
        return Stratum(read["requests"], read["databaseCalls"], read["times"])

    strata = record["strata"]
    return Minute(
        record["minute"],
        record["requests"],
        record["errors"],
        {
            "hit": stratum(strata["hit"]),
            "miss": stratum(strata["miss"]),
            "none": stratum(strata["none"]),
        },
    )


def _add(left: Minute, right: Minute) -> Minute:
    return Minute(
        left.minute,
        left.requests + right.requests,
        left.errors + right.errors,
        {name: left.strata[name].add(right.strata[name]) for name in CACHE_CLASSES},
    )
