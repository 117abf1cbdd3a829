"""The smallest change that would have shown."""

import math
from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple

from ..recording.log_linear_histogram import lower_edge
from .compare_windows import Comparison
from .deploy_verdict import SmallestChange, StrataChanges
from .difference import Difference
from .effect_gate import (
    SMALLEST_CALLS,
    SMALLEST_ERROR_RATE,
    SMALLEST_SHARE,
    SMALLEST_TIME_MS,
)
from .histogram_quantile import Times, quantile_bucket, share_above_us

# Slower than a hundredfold is not worth naming.
_LARGEST_FACTOR: Final = 100.0


class Sensitivity(NamedTuple):
    """A comparison, and how many of its standard errors a change has to be away.

    From no change, to count as one; and from the smallest effect that matters, to be measured as
    larger than that.
    """

    comparison: Comparison
    from_nothing: float
    from_effect: float


def smallest_change(sensitivities: Sequence[Sensitivity]) -> SmallestChange:
    """Looks at all comparisons; of the two quantiles of a stratum, the more sensitive counts."""
    slow_down: StrataChanges = {"hit": None, "miss": None, "none": None}
    calls: StrataChanges = {"hit": None, "miss": None, "none": None}
    error_rate = None
    for each in sensitivities:
        stratum, times = each.comparison.stratum, each.comparison.times
        if stratum is None:
            error_rate = _smallest_error_rate(each)
        elif each.comparison.kind == "databaseCalls":
            calls[stratum] = _smallest_calls(each)
        elif times is not None:
            found = (slow_down[stratum], _smallest_slow_down(each, times))
            slow_down[stratum] = min((one for one in found if one is not None), default=None)
    return {"slowDown": slow_down, "errorRate": error_rate, "databaseCalls": calls}


def _smallest_error_rate(sensitivity: Sensitivity) -> float | None:
    before = sensitivity.comparison.difference.before
    shows = _showing(sensitivity, before + SMALLEST_ERROR_RATE)
    return _smallest_that(shows, before, 1.0)


def _smallest_calls(sensitivity: Sensitivity) -> float:
    difference = sensitivity.comparison.difference
    error = difference.standard_error
    effect = max(SMALLEST_SHARE * difference.before, SMALLEST_CALLS)
    return max(sensitivity.from_nothing * error, effect + sensitivity.from_effect * error)


def _smallest_slow_down(sensitivity: Sensitivity, times: Times) -> float | None:
    # How much slower everything has to be for so many more requests to lie above the quantile of
    # before.
    comparison = sensitivity.comparison
    share = 0.5 if comparison.kind == "p50" else 0.95
    edge = lower_edge(quantile_bucket(times, share) + 1)

    def share_of(factor: float) -> float:
        return share_above_us(times, edge / factor)

    smallest = 1 + max(SMALLEST_SHARE, SMALLEST_TIME_MS / comparison.before)
    shows = _showing(sensitivity, share_of(smallest))
    factor = _smallest_that(lambda each: shows(share_of(each)), smallest, _LARGEST_FACTOR)
    return None if factor is None else factor - 1


def _showing(sensitivity: Sensitivity, effect: float) -> Callable[[float], bool]:
    # Whether a share after the deployment would have shown, where `effect` is the smallest that
    # matters. A larger share has a larger spread: its binomial part grows as s (1 - s), and what
    # minutes add to it as the square of that.
    difference = sensitivity.comparison.difference
    before = difference.before
    variance_of = _variance_of_share(difference)
    variance_before = variance_of(before, "before")

    def shows(share: float) -> bool:
        spread = math.sqrt(variance_before + variance_of(share, "after"))
        return (
            share - before >= sensitivity.from_nothing * spread
            and share - effect >= sensitivity.from_effect * spread
        )

    return shows


def _variance_of_share(
    difference: Difference,
) -> Callable[[float, Literal["before", "after"]], float]:
    def product(share: float) -> float:
        return share * (1 - share)

    out_of = {"before": difference.out_of_before, "after": difference.out_of_after}
    independent = (
        product(difference.before) / out_of["before"] + product(difference.after) / out_of["after"]
    )
    added = 0.0
    if independent != 0:
        added = max(0.0, difference.standard_error**2 / independent - 1)
    # The product at which that much was added.
    measured_at = independent / (1 / out_of["before"] + 1 / out_of["after"])

    def variance(share: float, side: Literal["before", "after"]) -> float:
        growth = 0.0 if added == 0 else product(share) / measured_at
        return product(share) / out_of[side] * (1 + added * growth)

    return variance


def _smallest_that(holds: Callable[[float], bool], start: float, until: float) -> float | None:
    # The smallest value of a range from which on it holds; None where it does not at the end.
    if not holds(until):
        return None
    low, high = start, until
    for _ in range(80):
        middle = (low + high) / 2
        if holds(middle):
            high = middle
        else:
            low = middle
    return high
