"""The histogram keeps numbers within 3.2 percent, and adds up."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marlin_service._seaworthy.health.recording import (
    log_linear_histogram as kept,
)

NUMBERS = st.integers(min_value=0, max_value=2**32 - 1)


def histogram_of(*numbers: float) -> kept.LogLinearHistogram:
    histogram = kept.LogLinearHistogram()
    for number in numbers:
        histogram.record(number)
    return histogram


def test_nothing_recorded_has_no_quantile() -> None:
    assert kept.LogLinearHistogram().quantile(0.5) is None


def test_numbers_below_16_are_exact() -> None:
    for number in range(16):
        assert histogram_of(number).quantile(0.5) == number


@given(NUMBERS)
def test_a_number_is_kept_within_its_bucket(number: int) -> None:
    bucket = kept.bucket_of(number)
    assert kept.lower_edge(bucket) <= number < kept.lower_edge(bucket + 1)
    middle = histogram_of(number).quantile(0.95)
    assert middle is not None
    assert abs(middle - number) <= 0.032 * number


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_every_number_has_a_bucket(number: float) -> None:
    assert 0 <= kept.bucket_of(number) < kept.BUCKET_COUNT


def test_every_language_uses_the_same_buckets() -> None:
    numbers = [0, 15, 16, 31, 32, 33, 1000, 1_000_000, 2**32 - 1]
    assert [kept.bucket_of(number) for number in numbers] == [
        0,
        15,
        16,
        31,
        32,
        32,
        111,
        270,
        463,
    ]
    edges = [kept.lower_edge(bucket) for bucket in (15, 16, 32, 48, 462, 463, 464)]
    assert edges == [15, 16, 32, 64, 4_026_531_840, 4_160_749_568, 2**32]


@pytest.mark.parametrize(
    ("number", "bucket"), [(-5, 0), (2**40, 463), (math.inf, 463), (math.nan, 0), (17.9, 17)]
)
def test_what_is_out_of_range_counts_as_the_nearest(number: float, bucket: int) -> None:
    assert histogram_of(number).sparse() == [(bucket, 1)]


def test_a_quantile_is_the_bucket_of_its_rank() -> None:
    histogram = histogram_of(*range(1, 11))
    assert [histogram.quantile(share) for share in (0, 0.1, 0.5, 0.95, 1)] == [1, 1, 5, 10, 10]
    assert histogram_of(1000).quantile(0.5) == (992 + 1024) / 2


@given(st.lists(NUMBERS), st.lists(NUMBERS))
def test_histograms_add_up(left: list[int], right: list[int]) -> None:
    added = histogram_of(*left)
    added.merge(histogram_of(*right))
    assert added.sparse() == histogram_of(*left, *right).sparse()
    assert added.count == len(left) + len(right)


@given(st.lists(NUMBERS))
def test_a_sparse_histogram_is_read_back(numbers: list[int]) -> None:
    written = histogram_of(*numbers)
    read = kept.LogLinearHistogram()
    for bucket, count in written.sparse():
        read.add(bucket, count)
    assert read.sparse() == written.sparse()
    assert [read.quantile(share) for share in (0.5, 0.95)] == [
        written.quantile(share) for share in (0.5, 0.95)
    ]


def test_a_cleared_one_is_empty_and_takes_no_part_in_another() -> None:
    histogram, other = histogram_of(1, 2, 3), histogram_of(9)
    histogram.clear()
    assert (histogram.count, histogram.sparse()) == (0, [])
    histogram.record(7)
    assert (histogram.sparse(), other.sparse()) == ([(7, 1)], [(9, 1)])
