"""The histogram keeps numbers within 3.2 percent, and adds up."""

from hypothesis import given
from hypothesis import strategies as st

from marlin_service._seaworthy.histogram import Histogram

NUMBERS = st.integers(min_value=0, max_value=2**32 - 1)


def histogram_of(*numbers: int) -> Histogram:
    histogram = Histogram()
    for number in numbers:
        histogram.record(number)
    return histogram


def test_nothing_recorded_has_no_quantile() -> None:
    assert Histogram().quantile(0.5) is None


def test_numbers_below_16_are_exact() -> None:
    for number in range(16):
        assert histogram_of(number).quantile(0.5) == number


@given(NUMBERS)
def test_a_number_is_kept_within_its_bucket(number: int) -> None:
    middle = histogram_of(number).quantile(0.95)
    assert middle is not None
    assert abs(middle - number) <= 0.032 * number


def test_both_languages_use_the_same_buckets() -> None:
    numbers = [0, 15, 16, 31, 32, 33, 1000, 1_000_000, 2**32 - 1]
    indexes = [histogram_of(number).sparse()[0][0] for number in numbers]
    assert indexes == [0, 15, 16, 31, 32, 32, 111, 270, 463]


def test_numbers_out_of_range_count_as_the_nearest() -> None:
    assert histogram_of(-5, 2**40).sparse() == [(0, 1), (463, 1)]


def test_a_quantile_is_the_bucket_of_its_rank() -> None:
    histogram = histogram_of(*range(1, 11))
    assert [histogram.quantile(share) for share in (0.1, 0.5, 0.95, 1)] == [1, 5, 10, 10]


@given(st.lists(NUMBERS), st.lists(NUMBERS))
def test_histograms_add_up(left: list[int], right: list[int]) -> None:
    added = histogram_of(*left)
    added.add(histogram_of(*right))
    assert added.sparse() == histogram_of(*left, *right).sparse()
    assert added.count == len(left) + len(right)
