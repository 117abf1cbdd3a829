"""Compares a ratio in two windows, one after the other."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from .difference import FEWEST_MINUTES, Difference, MinuteRatio, residual, standardised
from .lag_one_inflation import Residual, lag_one_inflation


class _Side(NamedTuple):
    out_of: int
    ratio: float
    residuals: list[Residual]


def clustered_difference(
    before: Sequence[MinuteRatio], after: Sequence[MinuteRatio]
) -> Difference | None:
    """Returns the difference, or None where either window has too few minutes.

    The minute is the unit: requests of one minute share load and neighbours, so that counting
    each of them would claim far too much certainty.
    """
    left, right = _summarise(before), _summarise(after)
    if min(len(left.residuals), len(right.residuals)) < FEWEST_MINUTES:
        return None
    inflation = lag_one_inflation(left.residuals, right.residuals)
    standard_error = math.sqrt((_variance(left) + _variance(right)) * inflation)
    minutes = len(left.residuals) + len(right.residuals)
    return Difference(
        before=left.ratio,
        after=right.ratio,
        out_of_before=left.out_of,
        out_of_after=right.out_of,
        standard_error=standard_error,
        z=standardised(left.ratio, right.ratio, standard_error),
        degrees_of_freedom=max(3, minutes / inflation - 2),
    )


def _summarise(minutes: Sequence[MinuteRatio]) -> _Side:
    counted = [minute for minute in minutes if minute.out_of > 0]
    events = sum(minute.events for minute in counted)
    out_of = sum(minute.out_of for minute in counted)
    ratio = events / out_of if out_of else 0.0
    residuals = [
        Residual(minute.minute, residual(minute.events, ratio * minute.out_of))
        for minute in counted
    ]
    return _Side(out_of, ratio, residuals)


def _variance(side: _Side) -> float:
    minutes = len(side.residuals)
    squares = sum(each.value * each.value for each in side.residuals)
    return minutes / (minutes - 1) * squares / (side.out_of * side.out_of)
