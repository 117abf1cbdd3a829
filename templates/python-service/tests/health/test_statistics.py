"""The statistics behind a verdict, against values of tables."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marlin_service._seaworthy.health.verdict import (
    clustered_difference as clustered,
)
from marlin_service._seaworthy.health.verdict.difference import (
    MinuteRatio,
    residual,
    standardised,
)
from marlin_service._seaworthy.health.verdict.format_numbers import (
    fixed,
    growth,
    milliseconds,
    percent,
    time_of_day,
)
from marlin_service._seaworthy.health.verdict.holm import holm
from marlin_service._seaworthy.health.verdict.lag_one_inflation import (
    Residual,
    lag_one_inflation,
)
from marlin_service._seaworthy.health.verdict.log_gamma import log_gamma
from marlin_service._seaworthy.health.verdict.paired_difference import (
    paired_difference,
)
from marlin_service._seaworthy.health.verdict.student_t import (
    critical_t,
    two_sided_p,
)


@pytest.mark.parametrize(
    ("degrees", "t"), [(3, 3.182446305), (10, 2.228138852), (22, 2.073873068), (60, 2.000297822)]
)
def test_student_t_is_that_of_the_tables(degrees: float, t: float) -> None:
    assert two_sided_p(t, degrees) == pytest.approx(0.05, abs=1e-9)
    assert two_sided_p(-t, degrees) == two_sided_p(t, degrees)
    assert critical_t(0.05, degrees) == pytest.approx(t, abs=1e-8)


@given(st.floats(3, 500), st.floats(0, 1e6), st.floats(0, 1e6))
def test_what_is_farther_away_is_less_likely(degrees: float, one: float, other: float) -> None:
    near, far = sorted([one, other])
    assert 0 <= two_sided_p(far, degrees) <= two_sided_p(near, degrees) <= 1


@given(st.floats(0.5, 300))
def test_the_gamma_function_is_that_of_the_library(x: float) -> None:
    assert log_gamma(x) == pytest.approx(math.lgamma(x), rel=1e-12, abs=1e-12)


def test_holm_stops_at_the_first_that_is_not_small_enough() -> None:
    assert holm([0.04, 0.001, 0.03], 0.05) == [False, True, False]
    assert holm([0.01, 0.01, 0.01], 0.05) == [True, True, True]
    assert holm([], 0.05) == []


@given(st.lists(st.floats(0, 1)))
def test_holm_rejects_no_more_than_one_by_one_and_no_less_than_bonferroni(ps: list[float]) -> None:
    for p, rejected in zip(ps, holm(ps, 0.05), strict=True):
        assert p * len(ps) > 0.05 or rejected
        assert p <= 0.05 or not rejected


def test_rounding_is_neither_a_difference_nor_a_spread() -> None:
    assert standardised(0.5, 0.5, 0) == 0
    assert standardised(0, 0, 0) == 0
    assert standardised(1, 2, 0) == 1 / 2e-9
    assert residual(0.1 + 0.2, 0.3) == 0
    assert residual(2, 1) == 1


def test_neighbours_that_go_together_count_for_less_and_a_gap_for_nothing() -> None:
    values = [1.0, 1, 1, -1, -1, -1] * 4
    joined = [Residual(minute, value) for minute, value in enumerate(values)]
    apart = [Residual(minute * 2, value) for minute, value in enumerate(values)]
    assert lag_one_inflation(joined) > 2
    assert lag_one_inflation(apart) < 1.1
    assert lag_one_inflation([Residual(minute, 0) for minute in range(9)]) < 1.3


def minutes_of(*events: int, start: int = 0, out_of: int = 100) -> list[MinuteRatio]:
    return [MinuteRatio(start + at, each, out_of) for at, each in enumerate(events)]


def test_windows_one_after_the_other_need_seven_minutes_with_requests_each() -> None:
    before, after = minutes_of(*[5, 6, 4] * 3), minutes_of(*[9, 11, 10] * 3, start=9)
    found = clustered.clustered_difference(before, after)
    assert found is not None
    assert (found.before, found.after, found.out_of_after) == (0.05, 0.1, 900)
    assert found.z > 5
    assert clustered.clustered_difference(before[:6], after) is None
    idle = [minute._replace(out_of=0) for minute in after[:3]]
    assert clustered.clustered_difference(before, idle + after[3:]) is None


def test_releases_side_by_side_need_ten_minutes_with_requests_of_both() -> None:
    before, after = minutes_of(*[5, 9] * 6), minutes_of(*[7, 11] * 6)
    found = paired_difference(before, after)
    assert found is not None
    assert found.after - found.before == pytest.approx(0.02)
    assert paired_difference(before[:9], after) is None
    assert paired_difference(before, minutes_of(*[7] * 12, start=3)) is None


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (fixed(0.25, 1), "0.3"),
        (fixed(0.05, 0), "0"),
        (fixed(-0.04, 1), "0.0"),
        (fixed(-1.25, 1), "-1.3"),
        (percent(0), "0"),
        (percent(0.0004), "0.04"),
        (percent(0.003), "0.3"),
        (percent(0.125), "13"),
        (milliseconds(9.94), "9.9"),
        (milliseconds(72.4), "72"),
        (growth(0, 5), "from 0"),
        (growth(72, 109), "+51 %"),
        (growth(100, 80), "-20 %"),
        (time_of_day(29_928_414), "14:54 UTC"),
    ],
)
def test_numbers_are_rounded_as_in_every_language(written: str, text: str) -> None:
    assert written == text
