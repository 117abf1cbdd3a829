"""Quantiles of the response times of a window."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..recording.log_linear_histogram import BUCKET_COUNT, bucket_of, lower_edge
from ..recording.request_marks import CacheClass
from .release_minutes import Minute


@dataclass(frozen=True, slots=True)
class Times:
    """The response times of one stratum over a window."""

    buckets: list[int]
    count: int


def times_of(minutes: Sequence[Minute], stratum: CacheClass) -> Times:
    """Adds up the times of some minutes."""
    buckets = [0] * BUCKET_COUNT
    total = 0
    for minute in minutes:
        times = minute.strata[stratum]
        for bucket, count in zip(times.buckets, times.counts, strict=True):
            buckets[bucket] += count
        total += times.count
    return Times(buckets, total)


def quantile_bucket(times: Times, share: float) -> int:
    """Returns the bucket that holds a quantile."""
    return _locate(times, share)[0]


def quantile_us(times: Times, share: float) -> float:
    """Returns a quantile in microseconds; there has to be one.

    Within its bucket, times are taken to be spread evenly.
    """
    bucket, below = _locate(times, share)
    within = (max(1.0, share * times.count) - below) / times.buckets[bucket]
    edge = lower_edge(bucket)
    return edge + within * (lower_edge(bucket + 1) - edge)


def share_above_us(times: Times, us: float) -> float:
    """Returns the share of times above some microseconds, spread evenly within a bucket."""
    own = bucket_of(us)
    edge = lower_edge(own + 1)
    within = (edge - us) / (edge - lower_edge(own))
    above = sum(times.buckets[own + 1 :])
    return (above + within * times.buckets[own]) / times.count


def _locate(times: Times, share: float) -> tuple[int, int]:
    # The bucket of rank `share * count`, and how many times lie below it.
    rank = max(1.0, share * times.count)
    below = 0
    for bucket, held in enumerate(times.buckets):
        if below + held >= rank:
            return bucket, below
        below += held
    return BUCKET_COUNT - 1, below
